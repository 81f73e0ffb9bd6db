using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>Refuses bodies that are JSON but no request: an array of requests would be one that no description has looked at.</summary>
internal static class RequestShape
{
    private static readonly BodyProblem NotAnObject = new("json.not-an-object", "The body must be one JSON object.");

    /// <returns>Null when the body is an object, or an array where the protocol has batches (MCP of 2025-03-26).</returns>
    public static BodyProblem? Check(JsonBody body, WireProtocol protocol) =>
        body.ContainerCount > 0 && (!body.Containers[0].IsArray || protocol.Id.StartsWith("mcp", StringComparison.Ordinal)) ? null : NotAnObject;
}
