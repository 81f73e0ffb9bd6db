using System.Text;

namespace EdgeFilter.Proxy.Bodies;

/// <summary>
/// Text that is not clean UTF-8: UTF-16 or UTF-32 with or without a mark, and single bytes above ASCII or a few control characters
/// among text, as editors, spreadsheets and old systems write it. Providers read such files as text, so they are inspected as that.
/// </summary>
internal static class GuessedText
{
    // Fewer bytes say too little, and ids that read as base64 are that short.
    private const int FewestBytes = 16;

    // Of random bytes a ninth are control characters and a bit over a third are printable ASCII.
    private const int MostControls = 16;
    private const int LeastPlain = 2;

    private static readonly Encoding LittleEndian32 = new UTF32Encoding(bigEndian: false, byteOrderMark: false);
    private static readonly Encoding BigEndian32 = new UTF32Encoding(bigEndian: true, byteOrderMark: false);

    /// <summary>The encoding that bytes seem to be text in; null when they don't look like text. Its round trip keeps every character.</summary>
    public static Encoding? EncodingOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FewestBytes)
        {
            return null;
        }

        if (WideOf(bytes) is { } wide)
        {
            return LooksLikeText(wide.GetString(bytes)) ? wide : null;
        }

        var controls = 0;
        var plain = 0;
        foreach (var b in bytes)
        {
            controls += IsControl(b) ? 1 : 0;
            plain += b < 0x7F && !IsControl(b) ? 1 : 0;
        }

        return controls > bytes.Length / MostControls || plain < bytes.Length / LeastPlain ? null
            : System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8
            : Encoding.Latin1;
    }

    // A mark says it; without one, every other byte of most scripts' UTF-16 is zero at the places of spaces, digits and line ends.
    private static Encoding? WideOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xFE, 0, 0, ..] => LittleEndian32,
        [0, 0, 0xFE, 0xFF, ..] => BigEndian32,
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => Zeros(bytes, 0) is var even && Zeros(bytes, 1) is var odd && even == 0 == (odd == 0) ? null
            : Math.Max(even, odd) < bytes.Length / 4 ? null
            : even == 0 ? Encoding.Unicode : Encoding.BigEndianUnicode,
    };

    private static int Zeros(ReadOnlySpan<byte> bytes, int first)
    {
        var count = 0;
        for (var i = first; i < bytes.Length; i += 2)
        {
            count += bytes[i] == 0 ? 1 : 0;
        }

        return count;
    }

    private static bool LooksLikeText(string text)
    {
        var strange = 0;
        foreach (var c in text)
        {
            strange += c == '\uFFFD' || (c < ' ' && IsControl((byte)c)) ? 1 : 0;
        }

        return strange <= text.Length / MostControls;
    }

    private static bool IsControl(byte b) => b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f');
}
