using System.Text.Json;
using EdgeFilter.Detection.Tokenizers.Vocabularies;

namespace EdgeFilter.Detection.Tokenizers.Reading;

/// <summary>Reads <c>model</c>.</summary>
internal static class VocabularyReader
{
    private const int MostTokens = 2_000_000;
    private const int MostMerges = 4_000_000;

    public static IVocabulary Read(JsonPart part)
    {
        try
        {
            return Kind(part) switch
            {
                "WordPiece" => WordPiece(part),
                "BPE" => Pairs(part),
                "Unigram" => Unigram(part),
                "WordLevel" => new WordVocabulary(Table(part.Child("vocab")), part.TextOr("unk_token", "<unk>")),
                var other => throw part.Wrong($"a vocabulary of type '{other}' is not supported; WordPiece, BPE, Unigram and WordLevel are"),
            };
        }
        catch (TokenizerException wrong) when (!wrong.Message.StartsWith("tokenizer.json", StringComparison.Ordinal))
        {
            throw part.Wrong(wrong.Message.TrimEnd('.'));
        }
    }

    /// <summary>Files of early versions name no type; their keys tell.</summary>
    private static string Kind(JsonPart part)
    {
        if (part.Type is { Length: > 0 } type)
        {
            return type;
        }

        return part.TryChild("merges") is not null ? "BPE"
            : part.Child("vocab").Element.ValueKind == JsonValueKind.Array ? "Unigram"
            : part.TryChild("max_input_chars_per_word") is not null ? "WordPiece"
            : "WordLevel";
    }

    private static WordPieceVocabulary WordPiece(JsonPart part)
    {
        var longest = part.TryChild("max_input_chars_per_word")?.Whole() ?? 100;
        return new WordPieceVocabulary(Table(part.Child("vocab")), part.TextOr("unk_token", "[UNK]"), part.TextOr("continuing_subword_prefix", "##"), longest);
    }

    private static PairVocabulary Pairs(JsonPart part)
    {
        if (part.TryChild("dropout") is { Element.ValueKind: JsonValueKind.Number } dropout && dropout.Element.GetDouble() > 0)
        {
            throw dropout.Wrong("dropout makes the same text give other tokens each time; set it to null");
        }

        return new PairVocabulary(Table(part.Child("vocab")), Merges(part.Child("merges")), new PairOptions
        {
            Unknown = part.TryChild("unk_token")?.Text(),
            ContinuationPrefix = part.TextOr("continuing_subword_prefix", ""),
            WordSuffix = part.TextOr("end_of_word_suffix", ""),
            FusesUnknown = part.Flag("fuse_unk", false),
            FallsBackToBytes = part.Flag("byte_fallback", false),
            IgnoresMerges = part.Flag("ignore_merges", false),
        });
    }

    private static List<(string First, string Second)> Merges(JsonPart part)
    {
        var merges = new List<(string First, string Second)>();
        foreach (var item in part.Items())
        {
            if (merges.Count == MostMerges)
            {
                throw part.Wrong($"there are more than {MostMerges} merges");
            }

            if (item.Element.ValueKind == JsonValueKind.Array)
            {
                merges.Add(item.Items().Select(i => i.Text()).ToArray() is [var first, var second] ? (first, second) : throw item.Wrong("a merge joins two tokens"));
                continue;
            }

            var line = item.Text();
            if (!line.StartsWith("#version", StringComparison.Ordinal))
            {
                merges.Add(line.Split(' ') is [var first, var second] ? (first, second) : throw item.Wrong("a merge joins two tokens"));
            }
        }

        return merges;
    }

    private static UnigramVocabulary Unigram(JsonPart part)
    {
        var list = part.Child("vocab");
        var tokens = new Dictionary<string, int>(StringComparer.Ordinal);
        var scores = new List<double>();
        foreach (var item in list.Items())
        {
            if (scores.Count == MostTokens || item.Items().Take(3).ToArray() is not [var token, { Element.ValueKind: JsonValueKind.Number } score])
            {
                throw item.Wrong($"it must be a token and its score, and there may be at most {MostTokens}");
            }

            tokens[token.Text()] = scores.Count;
            scores.Add(score.Element.GetDouble());
        }

        var unknown = part.TryChild("unk_id")?.Whole();
        if (scores.Count == 0 || unknown < 0 || unknown >= scores.Count)
        {
            throw list.Wrong("it is empty, or unk_id is not in it");
        }

        return new UnigramVocabulary(new TokenTable(tokens), [.. scores], unknown, part.Flag("byte_fallback", false));
    }

    private static TokenTable Table(JsonPart part)
    {
        if (part.Element.ValueKind != JsonValueKind.Object)
        {
            throw part.Wrong("it must be an object of tokens and ids");
        }

        var tokens = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var entry in part.Element.EnumerateObject())
        {
            if (tokens.Count == MostTokens || entry.Value.ValueKind != JsonValueKind.Number || !entry.Value.TryGetInt32(out var id))
            {
                throw part.Wrong($"it must give every token a whole number, and may have at most {MostTokens}");
            }

            tokens[Name(entry, part)] = id;
        }

        return new TokenTable(tokens);
    }

    private static string Name(JsonProperty entry, JsonPart part)
    {
        try
        {
            return entry.Name;
        }
        catch (InvalidOperationException)
        {
            throw part.Wrong("a token holds half a surrogate pair");
        }
    }
}
