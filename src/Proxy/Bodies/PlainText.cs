using System.Buffers;
using System.Text.Unicode;

namespace EdgeFilter.Proxy.Bodies;

/// <summary>Tells text from other bytes: documents, images and sound all have bytes that no text has.</summary>
internal static class PlainText
{
    private static readonly SearchValues<byte> NeverInText =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Where(b => b is not ('\t' or '\n' or '\r' or '\f')).Select(b => (byte)b)]);

    /// <returns>True for UTF-8 without control characters other than tabs, line ends and form feeds.</returns>
    public static bool IsText(ReadOnlySpan<byte> bytes) => !bytes.ContainsAny(NeverInText) && Utf8.IsValid(bytes);

    /// <summary>The same of the beginning of something longer, which may end inside a character.</summary>
    public static bool IsTextSoFar(ReadOnlySpan<byte> bytes) => IsText(WithoutCutCharacter(bytes));

    private static ReadOnlySpan<byte> WithoutCutCharacter(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var b = bytes[^back];
            if ((b & 0xC0) != 0x80)
            {
                // The lead byte of the last character: cut it away when it promises more bytes than there are.
                var wanted = b < 0x80 ? 1 : b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
                return wanted > back ? bytes[..^back] : bytes;
            }
        }

        return bytes;
    }
}
