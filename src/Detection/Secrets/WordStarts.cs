using System.Buffers;

namespace EdgeFilter.Detection.Secrets;

/// <summary>Where the words begin in which literals stand. Asked from left to right, it reads a long word once.</summary>
internal ref struct WordStarts
{
    private static readonly SearchValues<char> WordChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-~.+/=!|:");

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
        // Between two questions about one word nothing but that word stands.
        var seen = known >= start && at >= known ? known : Math.Max(0, at - farthest);
        var blank = text[seen..at].LastIndexOfAnyExcept(WordChars);
        if (blank >= 0)
        {
            start = seen + blank + 1;
        }
        else if (seen != known)
        {
            start = seen;
        }

        known = at;
        return Math.Max(start, at - farthest);
    }
}
