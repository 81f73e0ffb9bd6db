using System.Text.Json;
using EdgeFilter.Detection.Tokenizers.Normalising;
using EdgeFilter.Detection.Tokenizers.Text;
using EdgeFilter.Detection.Tokenizers.Vocabularies;

namespace EdgeFilter.Detection.Tokenizers.Reading;

/// <summary>Reads <c>tokenizer.json</c>.</summary>
internal static class TokenizerReader
{
    private const int MostAddedTokens = 100_000;

    /// <exception cref="TokenizerException">It is not a tokenizer, or asks for something that is not supported.</exception>
    public static TokenizerParts Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            // A byte order mark is no JSON, and some editors write one.
            var start = json.Span.StartsWith("\uFEFF"u8) ? 3 : 0;
            using var document = JsonDocument.Parse(json[start..]);
            return Read(new JsonPart(document.RootElement, "its root"));
        }
        catch (JsonException wrong)
        {
            throw new TokenizerException($"tokenizer.json is not JSON, from line {(wrong.LineNumber ?? 0) + 1} on. Take it from where the model came from again.", wrong);
        }
    }

    private static TokenizerParts Read(JsonPart root)
    {
        var vocabulary = VocabularyReader.Read(Named(root, "model") ?? throw root.Wrong("'model' is missing; is this another file than a fast tokenizer's tokenizer.json?"));
        var normaliser = Named(root, "normalizer") is { } rewriting ? NormaliserReader.Read(rewriting) : null;
        var frame = new FrameReader();
        if (Named(root, "post_processor") is { } framing)
        {
            frame.Read(framing);
        }

        var added = Added(root, vocabulary);
        return new TokenizerParts
        {
            Raw = new AddedTokens(added.Where(t => !t.IsNormalised).Select(t => (t.Content, t))),
            Normaliser = normaliser,
            Normalised = new AddedTokens(added.Where(t => t.IsNormalised).Select(t => (Normalise(normaliser, t.Content), t))),
            Splitter = Named(root, "pre_tokenizer") is { } splitting ? SplitterReader.Read(splitting) : null,
            Vocabulary = vocabulary,
            Added = added.GroupBy(t => t.Content, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Id, StringComparer.Ordinal),
            Trim = frame.Trim,
            Before = [.. frame.Before],
            After = [.. frame.After],
            TextType = frame.TextType,
        };
    }

    private static JsonPart? Named(JsonPart root, string name) => root.TryChild(name) is { } child ? new JsonPart(child.Element, name) : null;

    private static List<AddedToken> Added(JsonPart root, IVocabulary vocabulary)
    {
        var tokens = new List<AddedToken>();
        foreach (var item in Named(root, "added_tokens")?.Items() ?? [])
        {
            var content = item.Text("content");
            if (tokens.Count == MostAddedTokens || content.Length > TokenTable.LongestToken)
            {
                throw item.Wrong($"there are more than {MostAddedTokens} added tokens, or one is longer than {TokenTable.LongestToken} characters");
            }

            var known = vocabulary.Find(content);
            var id = known >= 0 ? known : item.Whole("id");
            tokens.Add(new AddedToken
            {
                Id = id is >= 0 and < TokenTable.LargestId ? id : throw item.Wrong("the id is out of range"),
                Content = content,
                IsWord = item.Flag("single_word", false),
                StripsLeft = item.Flag("lstrip", false),
                StripsRight = item.Flag("rstrip", false),
                IsNormalised = item.Flag("normalized", !item.Flag("special", false)),
            });
        }

        return tokens;
    }

    private static string Normalise(ITextNormaliser? normaliser, string content)
    {
        if (normaliser is null || content.Length == 0)
        {
            return content;
        }

        var (source, target) = (new AlignedText(), new AlignedText());
        source.Read(content);
        normaliser.Rewrite(source, new TextPiece(0, source.Length, TextPiece.Open), target);
        return target.Units.ToString();
    }
}
