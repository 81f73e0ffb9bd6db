namespace EdgeFilter.Detection.Classifiers.Models.Transformers;

/// <summary>
/// Cuts a text into the stretches that a token model judges, by what stands near by alone: a stream gives the same ones, however
/// it arrives. A stretch is a sentence or line; where that goes on for too long, a part between punctuation or every few words;
/// where there is none of those, a word. A longer run without a space is data, and not judged.
/// </summary>
internal static class TextSegments
{
    /// <summary>The longest sentence.</summary>
    public const int LongestSentence = 800;

    /// <summary>How far back from any place it takes to know where its segment begins.</summary>
    public const int LookBack = LongestSentence + MarkLength + 2;

    private const int LongestPart = 256;
    private const int LongestWord = 64;

    /// <summary>How many characters before a space decide whether it is a border.</summary>
    private const int MarkLength = 8;

    private enum Border
    {
        None,
        Word,
        Part,
        Sentence,
    }

    /// <summary>Finds the segments that begin at or behind the place from which a window is to be judged.</summary>
    /// <param name="window">The text.</param>
    /// <param name="segments">Receives them.</param>
    /// <returns>Where the first segment begins whose end is not in sight; the window's length when there is none.</returns>
    public static int Find(in TextWindow window, List<TextSegment> segments)
    {
        var text = window.Text;
        var (sentence, part, word) = window.IsStart ? (0, 0, 0) : (int.MinValue / 2, int.MinValue / 2, int.MinValue / 2);
        var current = -1;
        var from = window.From;
        for (var at = Math.Max(0, window.From - LookBack); at <= text.Length; at++)
        {
            var border = at == 0 ? Border.None : BorderAt(text, at);
            sentence = border == Border.Sentence ? at : sentence;
            part = border >= Border.Part ? at : part;
            word = border >= Border.Word ? at : word;
            if (at < window.From)
            {
                continue;
            }

            var start = at - sentence < LongestSentence ? sentence : at - part < LongestPart ? part : at - word < LongestWord ? word : -1;
            if (at == window.From)
            {
                current = start;
            }
            else if (start != current)
            {
                if (current >= 0)
                {
                    segments.Add(new TextSegment(current, at, from));
                }

                (current, from) = (start, at);
            }
        }

        if (from == text.Length || current < 0)
        {
            return text.Length;
        }

        if (!window.IsFinal)
        {
            return from;
        }

        segments.Add(new TextSegment(current, text.Length, from));
        return text.Length;
    }

    /// <summary>What kind of border lies before a place.</summary>
    private static Border BorderAt(ReadOnlySpan<char> text, int at)
    {
        var last = text[at - 1];
        if (last is '\n' or '\r' or '\u3002' or '\uFF01' or '\uFF1F' or '\u2029')
        {
            return Border.Sentence;
        }

        if (!char.IsWhiteSpace(last))
        {
            return Border.None;
        }

        var before = at > 1 ? text[at - 2] : '\n';
        if (before is '!' or '?' || (before == '.' && EndsSentence(text[..(at - 2)])))
        {
            return Border.Sentence;
        }

        return before is ',' or ';' or ':' or ')' or ']' or '}' or '|' or '>' || IsChosen(text[Math.Max(0, at - 1 - MarkLength)..(at - 1)]) ? Border.Part : Border.Word;
    }

    /// <summary>A full stop behind a short word may belong to a title or an initial.</summary>
    private static bool EndsSentence(ReadOnlySpan<char> before) =>
        before.Length >= 4 && char.IsLetterOrDigit(before[^1]) && char.IsLetterOrDigit(before[^2]) && char.IsLetterOrDigit(before[^3]) && char.IsLetterOrDigit(before[^4]);

    /// <summary>One space in eight, chosen by what stands before it.</summary>
    private static bool IsChosen(ReadOnlySpan<char> before)
    {
        var hash = 2166136261u;
        foreach (var unit in before)
        {
            hash = (hash ^ unit) * 16777619u;
        }

        return (hash >> 24) % 8 == 0;
    }
}
