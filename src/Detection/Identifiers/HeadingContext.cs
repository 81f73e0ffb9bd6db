using System.Runtime.CompilerServices;
using EdgeFilter.Detection.Headings;

namespace EdgeFilter.Detection.Identifiers;

/// <summary>
/// Which rules have a word in the heading of a candidate: a column's header, a list's label, an array's key. Looked up only for
/// candidates that stand where cells and items begin, and once for all in one column.
/// </summary>
internal ref struct HeadingContext
{
    // Shorter ones amid a sentence are not worth reading the text before them again.
    private const int MinInSentence = 7;

    private readonly ContextLexicon lexicon;
    private readonly TextHeadings? begin;
    private readonly Span<ulong> bits;
    private readonly FindingCollector owner;
    private TextHeadings? headings;
    private int at;
    private (int Version, int Column) known;
    private bool hasAny;

    /// <param name="lexicon">The words.</param>
    /// <param name="window">The text.</param>
    /// <param name="bits">Room for a set of the lexicon's blocks.</param>
    /// <param name="owner">Keeps what is read for the next text.</param>
    public HeadingContext(ContextLexicon lexicon, in TextWindow window, Span<ulong> bits, FindingCollector owner)
    {
        this.lexicon = lexicon;
        this.bits = bits;
        this.owner = owner;
        begin = window.Headings;
        at = window.From;
        known = (-1, -1);
    }

    /// <summary>The rules with a word in the heading of a value that begins here; empty without any.</summary>
    public ReadOnlySpan<ulong> Of(ReadOnlySpan<char> text, int start)
    {
        if (IsAmidSentence(text, start) || begin is null || !BeginsCell(text, start))
        {
            return [];
        }

        if (headings is null)
        {
            headings = owner.Headings;
            headings.CopyFrom(begin);
        }

        var back = Math.Max(0, at - start);
        if (start > at)
        {
            headings.Feed(text[at..start]);
            at = start;
        }
        else if (HasTelling(text[start..at]))
        {
            return [];
        }

        var heading = headings.Of(back, out var column);
        if (heading.IsEmpty)
        {
            return [];
        }

        if (known != (headings.Version, column))
        {
            known = (headings.Version, column);
            Look(heading);
        }

        return hasAny ? bits : [];
    }

    [SkipLocalsInit]
    private void Look(ReadOnlySpan<char> heading)
    {
        Span<char> buffer = stackalloc char[ContextText.Capacity];
        Span<short> places = stackalloc short[ContextText.Capacity];
        bits.Clear();

        // As if the value stood right behind it; and a column or list of many may be called by their plural: SSNs.
        lexicon.Find(ContextText.BeforeValue(heading, heading.Length, ContextText.Before, buffer, places), bits);
        heading = heading.TrimEnd(" :");
        if (heading is [.., 's'])
        {
            heading = heading[..^1];
            lexicon.Find(ContextText.BeforeValue(heading, heading.Length, ContextText.Before, buffer, places), bits);
        }

        hasAny = bits.ContainsAnyExcept(0UL);
    }

    /// <summary>Whether a word and a blank stand before, as in most cases.</summary>
    private static bool IsAmidSentence(ReadOnlySpan<char> text, int start) =>
        start > 1 && text[start - 1] == ' ' && char.IsAsciiLetterOrDigit(text[start - 2]);

    /// <summary>Whether what stands before could separate cells or items.</summary>
    private static bool BeginsCell(ReadOnlySpan<char> text, int start)
    {
        var before = start - 1;
        while (before >= 0 && start - before <= 3 && text[before] is ' ' or '"' or '\'' or '`')
        {
            before--;
        }

        if (before < 0 || text[before] is '\t' or '|' or '[')
        {
            return true;
        }

        if (text[before] is ',' or ';' && before == start - 1 && !(before > 0 && char.IsAsciiDigit(text[before - 1])))
        {
            return true;
        }

        // Sentences, and numbers with a comma in them, have these marks too.
        return text[before] is '\n' or ',' or ';' or '-' or '*' or '•' or '+' or '.' or ')' && IsLong(text, start);
    }

    private static bool IsLong(ReadOnlySpan<char> text, int start)
    {
        var end = Math.Min(text.Length, start + MinInSentence);
        for (var i = start; i < end; i++)
        {
            var isPart = char.IsAsciiLetterOrDigit(text[i]) || text[i] is '-' or '.' or '/'
                || (text[i] == ' ' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]));
            if (!isPart)
            {
                return false;
            }
        }

        return end - start == MinInSentence;
    }

    private static bool HasTelling(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (TextHeadings.IsTelling(c))
            {
                return true;
            }
        }

        return false;
    }
}
