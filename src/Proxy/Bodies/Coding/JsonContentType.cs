using Microsoft.Net.Http.Headers;

namespace EdgeFilter.Proxy.Bodies.Coding;

/// <summary>What a body with JSON may call itself. Receivers disagree on other charsets, so only UTF-8 passes.</summary>
internal static class JsonContentType
{
    /// <summary>Checks the content type of a request to a path that takes JSON.</summary>
    /// <param name="contentType">The header as it came; null when there is none.</param>
    /// <param name="mayBeMissing">For receivers that don't look at it.</param>
    public static BodyProblem? Check(string? contentType, bool mayBeMissing = false)
    {
        if (string.IsNullOrEmpty(contentType))
        {
            return mayBeMissing ? null : CodingProblems.ContentType();
        }

        if (!MediaTypeHeaderValue.TryParse(contentType, out var type) || !IsJson(type))
        {
            return CodingProblems.ContentType();
        }

        var charsets = type.Parameters.Where(p => p.Name.Equals("charset", StringComparison.OrdinalIgnoreCase)).ToArray();
        return charsets.Length > 1 || (charsets.Length == 1 && !IsUtf8(HeaderUtilities.RemoveQuotes(charsets[0].Value)))
            ? CodingProblems.Charset()
            : null;
    }

    private static bool IsJson(MediaTypeHeaderValue type) =>
        type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        || (type.Type.Equals("application", StringComparison.OrdinalIgnoreCase) && type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));

    /// <summary>A charset whose texts are UTF-8.</summary>
    internal static bool IsUtf8(Microsoft.Extensions.Primitives.StringSegment charset) =>
        charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || charset.Equals("utf8", StringComparison.OrdinalIgnoreCase)
        || charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase);
}
