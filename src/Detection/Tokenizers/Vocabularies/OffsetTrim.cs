using EdgeFilter.Detection.Tokenizers.Normalising;
using EdgeFilter.Detection.Tokenizers.Unicode;

namespace EdgeFilter.Detection.Tokenizers.Vocabularies;

/// <summary>
/// <c>trim_offsets</c>: a token's place without the spaces that it begins and ends with. One per call; not thread-safe.
/// </summary>
/// <remarks>Counted on the token as the vocabulary writes it, as the reference does. Source: tokenizers, byte_level.rs.</remarks>
internal sealed class OffsetTrim(bool addsSpace)
{
    private char[] original = [];
    private int length;

    public void Begin(ReadOnlySpan<char> text)
    {
        if (original.Length < text.Length)
        {
            original = new char[text.Length];
        }

        text.CopyTo(original);
        length = text.Length;
    }

    public (int Start, int End) Apply(ReadOnlySpan<char> token, int start, int end, bool isFirst)
    {
        var leading = 0;
        while (leading < token.Length && IsSpace(token[leading]))
        {
            leading++;
        }

        var trailing = 0;
        while (trailing < token.Length && IsSpace(token[token.Length - 1 - trailing]))
        {
            trailing++;
        }

        if (leading > 0)
        {
            // The space that was put before the text stands for no space of it.
            if (addsSpace && (isFirst || start == 0))
            {
                leading--;
            }

            start = Math.Min(Forward(start, leading), end);
        }

        if (trailing > 0)
        {
            end = Math.Max(Back(end, trailing), start);
        }

        return (start, end);
    }

    private static bool IsSpace(char unit) => unit == ByteLevelNormaliser.Space || char.IsWhiteSpace(unit);

    private int Forward(int at, int count)
    {
        for (; count > 0; count--)
        {
            at += at < length ? CodePoints.LengthAt(original.AsSpan(0, length), at) : 1;
        }

        return at;
    }

    private int Back(int at, int count)
    {
        var from = at;
        for (; count > 0; count--)
        {
            if (at == 0)
            {
                return from;
            }

            at -= CodePoints.LengthBefore(original.AsSpan(0, length), at);
        }

        return at;
    }
}
