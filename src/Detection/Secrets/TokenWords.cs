using System.Buffers;

namespace EdgeFilter.Detection.Secrets;

/// <summary>Words of the characters that nearly every credential consists of: a credential is one, and hardly ever part of a longer one.</summary>
internal static class TokenWords
{
    /// <summary>Letters, digits, the underscore and the dash.</summary>
    public static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    public static bool Contains(char c) => Characters.Contains(c);

    /// <summary>Whether a credential may begin here, by what stands before it. Of <c>\nghp_…</c> in source text the n belongs to the escape.</summary>
    public static bool MayBegin(ReadOnlySpan<char> text, int start) =>
        start == 0 || !Contains(text[start - 1]) || (text[start - 1] is 'n' or 't' or 'r' && start > 1 && text[start - 2] == '\\');

    /// <summary>The next word that is longer than so many characters.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to look from; what stands before it is taken for the end of a word.</param>
    /// <param name="to">Where to look to; a word that goes on behind it ends there.</param>
    /// <param name="shortest">A word has more characters than this.</param>
    /// <param name="end">Where the word ends.</param>
    /// <returns>Where it begins; -1 without one.</returns>
    public static int NextLong(ReadOnlySpan<char> text, int from, int to, int shortest, out int end)
    {
        // From behind: most often one of the last characters shows that no such word begins here.
        for (var at = from; to - at > shortest;)
        {
            var other = text.Slice(at, shortest + 1).LastIndexOfAnyExcept(Characters);
            if (other < 0)
            {
                var length = text[at..to].IndexOfAnyExcept(Characters);
                end = length < 0 ? to : at + length;
                return at;
            }

            at += other + 1;
        }

        end = to;
        return -1;
    }
}
