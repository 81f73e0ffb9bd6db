namespace EdgeFilter.Detection.Tokenizers.Unicode;

/// <summary>Walks UTF-16 by code points. Half a pair counts as one.</summary>
internal static class CodePoints
{
    public static int At(ReadOnlySpan<char> text, int index, out int length)
    {
        var unit = text[index];
        if (char.IsHighSurrogate(unit) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
        {
            length = 2;
            return char.ConvertToUtf32(unit, text[index + 1]);
        }

        length = 1;
        return unit;
    }

    public static int LengthAt(ReadOnlySpan<char> text, int index) =>
        char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) ? 2 : 1;

    public static int LengthBefore(ReadOnlySpan<char> text, int index) =>
        index > 1 && char.IsLowSurrogate(text[index - 1]) && char.IsHighSurrogate(text[index - 2]) ? 2 : 1;

    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i += LengthAt(text, i))
        {
            count++;
        }

        return count;
    }
}
