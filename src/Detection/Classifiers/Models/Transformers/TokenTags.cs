using EdgeFilter.Detection.Tokenizers;
using EdgeFilter.Detection.Tokenizers.Unicode;

namespace EdgeFilter.Detection.Classifiers.Models.Transformers;

/// <summary>What a token model says of segments: entities with their places. Safe for concurrent use.</summary>
/// <remarks>A word is what its first token says: models are trained on that one alone.</remarks>
internal sealed class TokenTags
{
    private readonly TransformerModel model;
    private readonly (char Prefix, int Kind)[] labels;
    private readonly AnswerCache<TaggedSpan[]> answers;

    public TokenTags(TransformerModel model, IReadOnlyDictionary<string, string> entities, IReadOnlyList<string> kinds, ModelRuntimeOptions options)
    {
        this.model = model;
        labels = [.. model.Config.Labels.Select(l => (EntityNames.Split(l).Prefix, entities[l].Length == 0 ? -1 : IndexOf(kinds, entities[l])))];
        answers = new AnswerCache<TaggedSpan[]>(options.CacheEntries);
    }

    /// <summary>Judges segments in as few runs as there are lengths.</summary>
    /// <exception cref="ClassifierException">The model can't answer.</exception>
    public TaggedSpan[][] Judge(ReadOnlySpan<char> text, IReadOnlyList<TextSegment> segments)
    {
        var results = new TaggedSpan[segments.Count][];
        var open = new List<(int Segment, UInt128 Name, EncodedText Tokens, int FirstRow, int RowCount)>();
        var rows = new List<TokenRow>();
        for (var i = 0; i < segments.Count; i++)
        {
            var segment = text[segments[i].Start..segments[i].End];
            var name = answers.Name(segment);
            if (answers.Find(name) is { } known)
            {
                results[i] = known;
                continue;
            }

            var tokens = new EncodedText();
            model.Encode(segment, tokens);
            var firstRow = rows.Count;
            if (tokens.Count > 0)
            {
                model.Windows.Add(tokens, rows);
            }

            open.Add((i, name, tokens, firstRow, rows.Count - firstRow));
        }

        model.Run(rows);
        foreach (var (index, name, tokens, firstRow, count) in open)
        {
            results[index] = tokens.Count == 0 ? [] : Spans(text[segments[index].Start..segments[index].End], tokens, rows.GetRange(firstRow, count));
            answers.Add(name, results[index]);
        }

        return results;
    }

    private static int IndexOf(IReadOnlyList<string> kinds, string kind)
    {
        var index = 0;
        while (kinds[index] != kind)
        {
            index++;
        }

        return index;
    }

    private TaggedSpan[] Spans(ReadOnlySpan<char> segment, EncodedText tokens, List<TokenRow> rows)
    {
        var spans = new List<TaggedSpan>();
        var places = tokens.Places;
        var open = new OpenSpan { Kind = -1 };
        for (var token = 0; token < tokens.Count;)
        {
            var place = Trimmed(segment, places[token]);
            var (label, probability) = Best(token, rows);
            var end = place.End;
            for (token++; token < tokens.Count && !BeginsWord(segment, Trimmed(segment, places[token]), end); token++)
            {
                end = Math.Max(end, Trimmed(segment, places[token]).End);
            }

            if (end == place.Start)
            {
                continue;
            }

            var (prefix, kind) = labels[label];
            var begins = kind != open.Kind || prefix is 'B' or 'S' or 'U' || open.IsClosed || end - open.Start > EntityRecogniser.LongestEntity;
            if (begins)
            {
                Close(ref open, spans);
                open = new OpenSpan { Kind = kind, Start = place.Start };
            }

            open.End = end;
            open.Sum += probability;
            open.Words++;
            open.IsClosed = prefix is 'E' or 'L' or 'S' or 'U';
        }

        Close(ref open, spans);
        return [.. spans];
    }

    private static void Close(ref OpenSpan open, List<TaggedSpan> spans)
    {
        if (open.Kind >= 0)
        {
            // Rounded: the last bits of a sum are nobody's business.
            spans.Add(new TaggedSpan(open.Start, Math.Min(open.End - open.Start, EntityRecogniser.LongestEntity), open.Kind, MathF.Round(Math.Min(1, open.Sum / open.Words), 2)));
        }

        open.Kind = -1;
    }

    /// <summary>The most probable label of a token, in the window where it stands furthest from an edge.</summary>
    private (int Label, float Probability) Best(int token, List<TokenRow> rows)
    {
        var windows = model.Windows;
        var window = Math.Min(rows.Count - 1, Math.Max(0, token - (windows.Overlap / 2)) / windows.Step);
        var row = rows[window];
        var at = windows.Lead + token - (window * windows.Step);
        var probabilities = Probabilities.Of(row.Result.AsSpan(at * labels.Length, labels.Length), ModelTask.SingleLabel);
        var best = 0;
        for (var label = 1; label < probabilities.Length; label++)
        {
            best = probabilities[label] > probabilities[best] ? label : best;
        }

        return (best, probabilities[best]);
    }

    private static TextSpan Trimmed(ReadOnlySpan<char> text, TextSpan place)
    {
        var (start, end) = (place.Start, place.End);
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return TextSpan.FromBounds(start, end);
    }

    private static bool BeginsWord(ReadOnlySpan<char> text, TextSpan place, int previousEnd)
    {
        if (place.Length == 0 || place.Start < previousEnd)
        {
            return false;
        }

        return place.Start > previousEnd || !IsOfWord(text, place.Start) || !IsOfWord(text, place.Start - CodePoints.LengthBefore(text, place.Start));
    }

    /// <summary>Letters of scripts that put spaces between words.</summary>
    private static bool IsOfWord(ReadOnlySpan<char> text, int at)
    {
        var code = CodePoints.At(text, at, out _);
        var isUnspaced = code is (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) or (>= 0x3040 and <= 0x30FF) || CharacterClass.IsIdeograph(code);
        return !isUnspaced && CharacterClass.IsWord(code);
    }

    private struct OpenSpan
    {
        public int Kind;
        public int Start;
        public int End;
        public float Sum;
        public int Words;
        public bool IsClosed;
    }
}
