using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeFilter.Proxy.Tests.Streaming.Fakes;

/// <summary>Reads JSON strings as JavaScript and Python do, halves of surrogate pairs included.</summary>
internal static class ClientText
{
    /// <summary>The text of a JSON string; null for null and for members that are not there.</summary>
    public static string? Text(this JsonNode? node)
    {
        if (node is null)
        {
            return null;
        }

        var raw = node.GetValue<JsonElement>().GetRawText();
        if (raw[0] != '"')
        {
            throw new InvalidOperationException("A string was expected.");
        }

        var text = new StringBuilder();
        for (var i = 1; i < raw.Length - 1; i++)
        {
            if (raw[i] != '\\')
            {
                text.Append(raw[i]);
            }
            else if (raw[++i] == 'u')
            {
                text.Append((char)ushort.Parse(raw.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                i += 4;
            }
            else
            {
                text.Append(raw[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', var c => c });
            }
        }

        return text.ToString();
    }
}
