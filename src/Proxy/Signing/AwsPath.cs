using System.Text;

namespace EdgeFilter.Proxy.Signing;

/// <summary>Paths and queries as AWS spells them: everything escaped but letters, digits and <c>-._~</c>.</summary>
internal static class AwsPath
{
    private const string Hex = "0123456789ABCDEF";

    /// <summary>The path as it goes over the wire.</summary>
    /// <param name="decoded">As the server hands it out: everything unescaped but slashes inside a segment (<c>%2F</c>).</param>
    public static string Escape(string decoded) => string.Join('/', decoded.Split('/')
        .Select(segment => EscapeText(segment.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase))));

    /// <summary>A segment, name or value.</summary>
    public static string EscapeText(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var one in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)one) || one is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~')
            {
                escaped.Append((char)one);
            }
            else
            {
                escaped.Append('%').Append(Hex[one >> 4]).Append(Hex[one & 15]);
            }
        }

        return escaped.ToString();
    }

    /// <summary>A query in canonical order, from names and values that are not escaped.</summary>
    public static string Query(IEnumerable<KeyValuePair<string, string>> parameters) => string.Join('&', parameters
        .Select(p => (Name: EscapeText(p.Key), Value: EscapeText(p.Value)))
        .OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal)
        .Select(p => $"{p.Name}={p.Value}"));
}
