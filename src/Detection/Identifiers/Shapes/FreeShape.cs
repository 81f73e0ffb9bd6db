using EdgeFilter.Detection.Patterns;

namespace EdgeFilter.Detection.Identifiers.Shapes;

/// <summary>
/// A value grouped as people please, which counts beside a word alone. It never begins within a row of such groups: the tail of a
/// longer number would pass a short check by chance.
/// </summary>
internal sealed class FreeShape(LinearPattern pattern, DigitLead? lead) : PatternShape(pattern, lead)
{
    private const int LongestGroup = 5;

    public override bool IsVetoed(ReadOnlySpan<char> text, int start)
    {
        if (start < 3 || text[start - 1] != ' ' || !char.IsAsciiDigit(text[start - 2]) || !char.IsAsciiDigit(text[start - 3]))
        {
            return false;
        }

        // Undivided it stands for itself, as behind the number of its row in a table.
        var end = start;
        while (end < text.Length && end - start < LongestGroup && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end > start && end + 1 < text.Length && text[end] == ' ' && char.IsAsciiDigit(text[end + 1]);
    }
}
