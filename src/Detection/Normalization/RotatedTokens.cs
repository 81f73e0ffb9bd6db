using System.Buffers;
using EdgeFilter.Detection.Patterns;

namespace EdgeFilter.Detection.Normalization;

/// <summary>
/// Tokens written in rot13. Rotating every text would cost as much as judging it twice, so only those tokens are rotated that hold
/// what the beginning of a key, a top-level domain or a scheme looks like then. A sentence in rot13 is not read.
/// </summary>
internal static class RotatedTokens
{
    /// <summary>How far a token in flight may reach back from the end of a text for a mark to come.</summary>
    public const int MaxTail = TextViewLimits.MaxRotated + MaxMark;

    private const int MaxMark = 16;

    // Of marks this close to each other the last one is enough: what follows it is the rest of a key or an address.
    private const int MinApart = 8;

    private static readonly SearchValues<char> TokenChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@._%+-=:/~#?&");

    // sk- sk_ pk_ rk_ ghp_ gho_ ghs_ github_pat_ glpat- xoxb- xoxp- hf_ npm_ AKIA ASIA AIza eyJhb, .com .net .org .edu .gov, http
    private static readonly string[] MarkList =
    [
        "fx-", "fx_", "cx_", "ex_", "tuc_", "tub_", "tuf_", "tvguho_cng_", "tycng-", "kbko-", "kbkc-", "us_", "acz_", "NXVN", "NFVN",
        "NVmn", "rlWuo", ".pbz", ".arg", ".bet", ".rqh", ".tbi", "uggc",
    ];

    private static readonly SearchValues<string> Marks = SearchValues.Create(MarkList, StringComparison.Ordinal);

    // Regardless of case, so it also stops where there is none; but it is faster.
    private static readonly LiteralSearch<string> QuickMarks = new([.. MarkList.Select(m => (m, m))]);

    /// <summary>False when no token has to be rotated.</summary>
    public static bool HasMark(ReadOnlySpan<char> text) => QuickMarks.Find(text, 0, text.Length).MoveNext();

    public static void Read(in ViewSource source, IFragmentSink sink)
    {
        var text = source.Text;
        var mark = HasMark(text) ? text.IndexOfAny(Marks) : -1;
        if (mark < 0)
        {
            return;
        }

        using var fragment = new ViewText(64);
        var judged = (Start: -1, End: -1);
        while (true)
        {
            var start = mark;
            while (start > 0 && mark - start < TextViewLimits.MaxRotated && TokenChars.Contains(text[start - 1]))
            {
                start--;
            }

            var end = mark;
            while (end < text.Length && end - mark < TextViewLimits.MaxRotated && TokenChars.Contains(text[end]))
            {
                end++;
            }

            var next = text[(mark + 1)..].IndexOfAny(Marks);
            if (end == text.Length && !source.IsFinal && end - mark < TextViewLimits.MaxRotated)
            {
                sink.Hold(source.StartOf(start));
            }
            else if (judged != (start, end) && (next < 0 || next >= MinApart || mark + 1 + next >= end))
            {
                judged = (start, end);
                Rotate(source, start, end, fragment);
                sink.Judge(fragment);
            }

            if (next < 0)
            {
                return;
            }

            mark += 1 + next;
        }
    }

    /// <summary>
    /// Where the token begins that ends an incomplete text: until it ends, it may turn out to be encoded or rotated. The length of
    /// the text when it ends between tokens.
    /// </summary>
    public static int TailStart(ReadOnlySpan<char> text)
    {
        var start = text.Length;
        while (start > 0 && text.Length - start < MaxTail && TokenChars.Contains(text[start - 1]))
        {
            start--;
        }

        return start;
    }

    private static void Rotate(in ViewSource source, int start, int end, ViewText fragment)
    {
        var prefixFrom = Math.Max(0, start - TextViewLimits.MaxPrefix);
        fragment.Clear();
        fragment.IsStart = prefixFrom == 0 && source.IsStart;
        fragment.IsFinal = true;
        fragment.IsInnermost = true;
        fragment.Append(source, prefixFrom, start);
        fragment.PrefixLength = start - prefixFrom;
        for (var i = start; i < end; i++)
        {
            fragment.Append(Rotate(source.Text[i]), source.StartOf(i), source.EndOf(i));
        }
    }

    /// <summary>A letter rotated by thirteen; every other character as it is.</summary>
    public static char Rotate(char c) => c switch
    {
        >= 'A' and <= 'Z' => (char)('A' + ((c - 'A' + 13) % 26)),
        >= 'a' and <= 'z' => (char)('a' + ((c - 'a' + 13) % 26)),
        _ => c,
    };
}
