using Microsoft.Net.Http.Headers;

namespace EdgeFilter.Proxy.Bodies.Forms;

/// <summary>What a form may call itself, and the boundary that it names. RFC 2046, section 5.1.1; RFC 7578.</summary>
internal static class FormContentType
{
    private const int LongestBoundary = 70;
    private const string BoundarySigns = "'()+_,-./:=? ";

    /// <returns>True for anything that begins like a form, whether or not it can be read.</returns>
    public static bool IsForm(string? contentType) => contentType is not null && contentType.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the boundary. Another parameter beside it, or a second boundary, is a problem: receivers take different ones.</summary>
    public static BodyProblem? Read(string? contentType, out string boundary)
    {
        boundary = "";
        if (contentType is null || !MediaTypeHeaderValue.TryParse(contentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || type.Parameters.Count != 1 || !type.Parameters[0].Name.Equals("boundary", StringComparison.OrdinalIgnoreCase))
        {
            return FormProblems.ContentType();
        }

        boundary = HeaderUtilities.RemoveQuotes(type.Parameters[0].Value).ToString();
        return boundary.Length is > 0 and <= LongestBoundary && boundary[^1] != ' ' && boundary.All(c => char.IsAsciiLetterOrDigit(c) || BoundarySigns.Contains(c, StringComparison.Ordinal))
            ? null
            : FormProblems.ContentType();
    }
}
