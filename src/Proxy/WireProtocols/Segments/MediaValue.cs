using System.Buffers;
using System.Buffers.Text;
using System.Text;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.Segments;

/// <summary>What stands in a place meant for media: a URL, a data URI, base64, or plain text after all.</summary>
/// <param name="IsMedia">False when it is text and nothing else.</param>
/// <param name="Size">Decoded bytes; -1 for a reference.</param>
/// <param name="MediaType">From a data URI, if it names one.</param>
/// <param name="Text">Text found inside, decoded; null when there is none that can be read.</param>
/// <param name="IsReference">A URL or id: its own text is worth inspecting.</param>
internal readonly record struct MediaValue(bool IsMedia, long Size, string? MediaType, string? Text, bool IsReference)
{
    /// <summary>The text is in some other encoding than UTF-8, as its bytes suggest: it is inspected, and still counts as a file that may say more.</summary>
    public bool IsGuessed { get; init; }

    /// <summary>How <see cref="Text"/> is wrapped up.</summary>
    public TextCoat Coat { get; init; }

    public const int LargestTextRead = 4 * 1024 * 1024;
    private const int ProbeLength = 4096;
    private const int LongestReference = 16 * 1024;

    private static readonly SearchValues<char> Base64Letters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=\r\n");

    /// <summary>Reads a string of a body; of a long one only as much as it takes to see that it is binary.</summary>
    public static MediaValue Read(JsonBody body, int leaf)
    {
        var raw = body.Raw(leaf);
        if (raw.Length > 2 * ProbeLength && !body.Leaves[leaf].IsEscaped && Ascii.IsValid(raw[..ProbeLength]))
        {
            var head = Encoding.ASCII.GetString(raw[..ProbeLength]);
            var comma = head.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? head.IndexOf(',', StringComparison.Ordinal) : -1;
            var isBase64 = comma < 0 || head[..comma].EndsWith(";base64", StringComparison.OrdinalIgnoreCase);
            var data = head[(comma + 1)..];
            data = data[..(data.Length / 4 * 4)];
            if (isBase64 && !data.AsSpan().ContainsAnyExcept(Base64Letters) && TryBase64(data) is { } probe
                && !PlainText.IsTextSoFar(probe) && GuessedText.EncodingOf(probe) is null)
            {
                var type = comma < 0 ? null : MediaTypeOf(head["data:".Length..comma]);
                return new MediaValue(true, (raw.Length - comma - 1) / 4 * 3L, MediaSignature.TypeOf(probe) ?? type, null, false);
            }
        }

        return Read(body.Text(leaf));
    }

    /// <summary>Reads a string as what a media place may hold.</summary>
    public static MediaValue Read(string value)
    {
        if (value.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return ReadDataUri(value);
        }

        if (!value.AsSpan().ContainsAnyExcept(Base64Letters) && TryBase64(value) is { } bytes)
        {
            // Short ids read as base64 too; their own text is inspected as well.
            return WithText(new MediaValue(true, bytes.Length, MediaSignature.TypeOf(bytes), null, value.Length <= 128), bytes, CoatOf("", value));
        }

        var isUrl = value.Contains("://", StringComparison.Ordinal) && value.Length <= LongestReference;
        return new MediaValue(isUrl, -1, null, null, true);
    }

    private static MediaValue ReadDataUri(string value)
    {
        var comma = value.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0)
        {
            return new MediaValue(false, value.Length, null, null, true);
        }

        var head = value["data:".Length..comma];
        var type = MediaTypeOf(head);
        var data = value[(comma + 1)..];
        if (!head.EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
        {
            return new MediaValue(true, data.Length, type, Uri.UnescapeDataString(data), false) { Coat = new TextCoat(value[..(comma + 1)], true, false, false) };
        }

        var bytes = TryBase64(data) ?? TryBase64(Uri.UnescapeDataString(data));
        return bytes is null
            ? new MediaValue(false, data.Length, type, null, true)
            : WithText(new MediaValue(true, bytes.Length, MediaSignature.TypeOf(bytes) ?? type, null, false), bytes, CoatOf(value[..(comma + 1)], data));
    }

    private static TextCoat CoatOf(string head, string letters) =>
        new(head, false, letters.AsSpan().ContainsAny('-', '_'), letters.EndsWith('=') || letters.Length % 4 == 0);

    // Only what looks like a media type is repeated in records.
    private static string? MediaTypeOf(string head)
    {
        var type = head.Split(';')[0].Trim().ToLowerInvariant();
        return type.Length is > 0 and <= 64 && type.Count(c => c == '/') == 1
            && type.All(c => char.IsAsciiLetter(c) || c is '/' or '+' or '-' or '.') ? type : null;
    }

    private static byte[]? TryBase64(string text)
    {
        var standard = text.Replace('-', '+').Replace('_', '/').Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).TrimEnd('=');
        if (standard.Length % 4 == 1)
        {
            return null;
        }

        standard = standard.PadRight((standard.Length + 3) / 4 * 4, '=');
        return Base64.IsValid(standard) ? Convert.FromBase64String(standard) : null;
    }

    private static MediaValue WithText(in MediaValue value, byte[] bytes, TextCoat coat)
    {
        if (bytes.Length is 0 or > LargestTextRead)
        {
            return value;
        }

        if (PlainText.IsText(bytes))
        {
            return value with { Text = Encoding.UTF8.GetString(bytes), Coat = coat };
        }

        // The places inside a PDF are counted in bytes, and most of it may be ASCII: edited as a text it would break.
        return MediaSignature.TypeOf(bytes) != "application/pdf" && GuessedText.EncodingOf(bytes) is { } encoding
            ? value with { Text = encoding.GetString(bytes), IsGuessed = true, Coat = coat with { Encoding = encoding } }
            : value;
    }
}
