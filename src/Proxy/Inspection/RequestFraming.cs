using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.Bodies.Coding;
using EdgeFilter.Proxy.Bodies.Forms;
using EdgeFilter.Proxy.WireProtocols;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>Refuses requests whose framing or labels two readers could understand differently.</summary>
internal static class RequestFraming
{
    private static readonly BodyProblem TransferCoding = new("http.transfer-coding", "Only the transfer coding 'chunked' is taken.");
    private static readonly BodyProblem TwoLengths = new("http.two-lengths", "The request has both a content length and a transfer coding.");
    private static readonly BodyProblem UnexpectedBody = new("http.unexpected-body", "This method takes no body.");
    private static readonly BodyProblem QueryTwice = new("http.query-twice", "A query parameter is given twice; servers disagree on which one counts.");

    /// <returns>Null when the request can be read in one way only.</returns>
    public static BodyProblem? Check(HttpRequest request)
    {
        var transfer = request.Headers.TransferEncoding;
        if (transfer.Count > 0 && (transfer.Count > 1 || !string.Equals(transfer[0], "chunked", StringComparison.OrdinalIgnoreCase)))
        {
            return TransferCoding;
        }

        if (request.Headers.ContainsKey("X-Content-Length") && transfer.Count > 0)
        {
            // Kestrel renames a content length that a transfer coding overrules.
            return TwoLengths;
        }

        return request.QueryString.HasValue && request.Query.Any(q => q.Value.Count > 1) ? QueryTwice : null;
    }

    /// <summary>Checks that there is a body exactly where one is read, and that it calls itself what the protocol takes.</summary>
    public static BodyProblem? CheckBody(HttpRequest request, WireProtocol protocol)
    {
        if (!protocol.HasNoRequestBody)
        {
            return protocol.Form is not null && (!protocol.TakesJson || FormContentType.IsForm(request.ContentType))
                ? FormContentType.Read(request.ContentType, out _)
                : JsonContentType.Check(request.ContentType);
        }

        return request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0 ? UnexpectedBody : null;
    }
}
