using System.Buffers;

namespace EdgeFilter.Detection.Secrets;

/// <summary>Where the words begin in which literals stand. Asked from left to right, it reads a long word once.</summary>
internal ref struct WordStarts
{
    private static readonly SearchValues<char> WordChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-~.+/=!|:");

    // Fewer characters are not worth a vectorised search.
    private const int Few = 8;

    private readonly ReadOnlySpan<char> text;
    private readonly int farthest;
    private int known;
    private int start;

    /// <param name="text">The text.</param>
    /// <param name="farthest">How far back a word is looked at.</param>
    public WordStarts(ReadOnlySpan<char> text, int farthest)
    {
        this.text = text;
        this.farthest = farthest;
        known = -1;
    }

    /// <summary>Where the word begins that stands right before an index; at most so far back, and the index itself without one.</summary>
    public int Before(int at)
    {
        if (at == known)
        {
            return Math.Max(start, at - farthest);
        }

        // Between two questions about one word nothing but that word stands.
        var seen = known >= start && at >= known ? known : Math.Max(0, at - farthest);
        var begins = at - seen <= Few ? LookBack(seen, at) : seen + text[seen..at].LastIndexOfAnyExcept(WordChars) + 1;
        if (begins > seen)
        {
            start = begins;
        }
        else if (seen != known)
        {
            start = seen;
        }

        known = at;
        return Math.Max(start, at - farthest);
    }

    private readonly int LookBack(int from, int at)
    {
        while (at > from && WordChars.Contains(text[at - 1]))
        {
            at--;
        }

        return at;
    }
}
