using EdgeFilter.Proxy.Bodies;
using Microsoft.Net.Http.Headers;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>Refuses requests whose framing or labels two readers could understand differently.</summary>
internal static class RequestFraming
{
    private static readonly BodyProblem TransferCoding = new("http.transfer-coding", "Only the transfer coding 'chunked' is taken.");
    private static readonly BodyProblem TwoLengths = new("http.two-lengths", "The request has both a content length and a transfer coding.");
    private static readonly BodyProblem UnexpectedBody = new("http.unexpected-body", "This method takes no body.");
    private static readonly BodyProblem QueryTwice = new("http.query-twice", "A query parameter is given twice; servers disagree on which one counts.");

    private static readonly BodyProblem MediaType = new(
        "http.media-type", "The content type must be application/json.", Status: StatusCodes.Status415UnsupportedMediaType);

    private static readonly BodyProblem Charset = new(
        "http.charset", "The body must be UTF-8, and say no other charset.", Status: StatusCodes.Status415UnsupportedMediaType);

    /// <returns>Null when the request can be read in one way only.</returns>
    public static BodyProblem? Check(HttpRequest request, bool hasBody)
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

        if (request.Query.Any(q => q.Value.Count > 1))
        {
            return QueryTwice;
        }

        if (!hasBody)
        {
            return request.ContentLength > 0 || transfer.Count > 0 ? UnexpectedBody : null;
        }

        return CheckMediaType(request.ContentType);
    }

    private static BodyProblem? CheckMediaType(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type)
            || !(type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)))
        {
            return MediaType;
        }

        return type.Parameters.Count(p => p.Name.Equals("charset", StringComparison.OrdinalIgnoreCase)) > 1
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
                && !type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase) && !type.Charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase))
            ? Charset
            : null;
    }
}
