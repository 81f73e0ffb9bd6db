using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.Bodies.Forms;
using EdgeFilter.Proxy.WireProtocols;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>Reads requests as what they call themselves, JSON or a form, and refuses what is neither a request nor one thing only.</summary>
internal static class RequestShape
{
    private static readonly BodyProblem NotAnObject = new("json.not-an-object", "The body must be one JSON object.");

    /// <param name="request">Its content type was checked.</param>
    /// <param name="bytes">The body, decoded.</param>
    /// <param name="body">Reads it.</param>
    public static BodyProblem? Read(HttpRequest request, ReadOnlyMemory<byte> bytes, WireProtocol protocol, JsonBody body)
    {
        if (protocol.Form is { } form && FormContentType.IsForm(request.ContentType))
        {
            return FormContentType.Read(request.ContentType, out var boundary) ?? body.ReadForm(bytes, boundary, form);
        }

        return body.Read(bytes, protocol.Request) ?? Check(body, protocol);
    }

    /// <summary>
    /// Reads a form again that was changed: a text that shrinks must not bring a boundary together. (JSON escapes what it takes in.)
    /// </summary>
    /// <returns>Null when it has the parts that it had.</returns>
    public static BodyProblem? HasChangedShape(HttpRequest request, ReadOnlyMemory<byte> changed, WireProtocol protocol, JsonBody before)
    {
        if (protocol.Form is not { } form || !FormContentType.IsForm(request.ContentType))
        {
            return null;
        }

        using var after = JsonBody.Rent();
        return FormContentType.Read(request.ContentType, out var boundary) ?? after.ReadForm(changed, boundary, form)
            ?? (after.LeafCount == before.LeafCount && after.ContainerCount == before.ContainerCount ? null : FormProblems.ChangedShape());
    }

    // An object, or an array where the protocol has batches (MCP of 2025-03-26): an array of requests would be one that no description has looked at.
    private static BodyProblem? Check(JsonBody body, WireProtocol protocol) =>
        body.ContainerCount > 0 && (!body.Containers[0].IsArray || protocol.Id.StartsWith("mcp", StringComparison.Ordinal)) ? null : NotAnObject;
}
