using System.Text;
using System.Text.Unicode;

namespace EdgeFilter.Proxy.Bodies.Forms;

/// <summary>How the names in a form's headers are spelled.</summary>
internal static class FormNames
{
    /// <summary>Spells a text for a place between quotes, as browsers do: what would end the place or the line is percent-encoded.</summary>
    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny("\"\\\r\n") && !text.Any(char.IsControl))
        {
            return text;
        }

        var builder = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            builder.Append(c is '"' or '\\' || char.IsControl(c) ? Uri.HexEscape(c <= 0xFF ? c : '_') : c.ToString());
        }

        return builder.ToString();
    }

    /// <summary>Reads <c>UTF-8''na%20me</c>: RFC 8187.</summary>
    public static bool TryReadExtended(ReadOnlySpan<byte> value, out string name)
    {
        name = "";
        if (value.Length < 7 || !Ascii.EqualsIgnoreCase(value[..7], "utf-8''"))
        {
            return false;
        }

        var decoded = new List<byte>(value.Length);
        for (var i = 7; i < value.Length; i++)
        {
            if (value[i] != '%')
            {
                decoded.Add(value[i]);
                continue;
            }

            if (i + 2 >= value.Length || !char.IsAsciiHexDigit((char)value[i + 1]) || !char.IsAsciiHexDigit((char)value[i + 2]))
            {
                return false;
            }

            decoded.Add((byte)((char.IsAsciiDigit((char)value[i + 1]) ? value[i + 1] - '0' : (value[i + 1] | 0x20) - 'a' + 10) << 4
                | (char.IsAsciiDigit((char)value[i + 2]) ? value[i + 2] - '0' : (value[i + 2] | 0x20) - 'a' + 10)));
            i += 2;
        }

        name = Encoding.UTF8.GetString([.. decoded]);
        return Utf8.IsValid([.. decoded]);
    }

    /// <summary>Reads <c>=?utf-8?B?...?=</c>, which .NET's clients write where a name is not ASCII; the text itself when it is no such word.</summary>
    public static string ReadEncodedWord(string text)
    {
        const string Head = "=?utf-8?B?";
        if (!text.StartsWith(Head, StringComparison.OrdinalIgnoreCase) || !text.EndsWith("?=", StringComparison.Ordinal))
        {
            return text;
        }

        var buffer = new byte[text.Length];
        return text.Length >= Head.Length + 2 && Convert.TryFromBase64String(text[Head.Length..^2], buffer, out var length) ? Encoding.UTF8.GetString(buffer, 0, length) : text;
    }
}
