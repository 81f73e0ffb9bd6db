using System.Security.Cryptography;
using System.Text;
using EdgeFilter.Policies.Documents.Yaml;

namespace EdgeFilter.Policies.Documents;

/// <summary>
/// SHA-256 over what a document says: the same for every layout, order of keys, comment and way of quoting, and without its
/// tests, which decide nothing.
/// </summary>
internal static class DocumentDigest
{
    /// <returns>Lower-case hex.</returns>
    public static string Of(YamlMap root)
    {
        var canonical = new StringBuilder();
        Write(new YamlMap(root.At, [.. root.Entries.Where(e => e.Key.Text != "tests")]), canonical);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())));
    }

    // Lengths before texts: no two documents share a canonical form.
    private static void Write(YamlNode node, StringBuilder canonical)
    {
        switch (node)
        {
            case YamlScalar scalar:
                WriteText(scalar.Text, canonical);
                break;
            case YamlList list:
                canonical.Append('[').Append(list.Items.Count).Append(':');
                foreach (var item in list.Items)
                {
                    Write(item, canonical);
                }

                break;
            case YamlMap map:
                canonical.Append('{').Append(map.Entries.Count).Append(':');
                foreach (var entry in map.Entries.OrderBy(e => e.Key.Text, StringComparer.Ordinal))
                {
                    WriteText(entry.Key.Text, canonical);
                    Write(entry.Value, canonical);
                }

                break;
            default:
                canonical.Append('!');
                break;
        }
    }

    private static void WriteText(string text, StringBuilder canonical) => canonical.Append(text.Length).Append(':').Append(text);
}
