using EdgeFilter.Detection.Tokenizers.Splitting;
using EdgeFilter.Detection.Tokenizers.Unicode;

namespace EdgeFilter.Detection.Tokenizers.Reading;

/// <summary>Reads <c>pre_tokenizer</c>.</summary>
internal static class SplitterReader
{
    public static ISplitter Read(JsonPart part) => part.Type switch
    {
        "Sequence" => new SplitterSequence([.. part.Child("pretokenizers").Items().Select(Read)]),
        "BertPreTokenizer" => new SplitterSequence(
        [
            new CharacterSplitter(CharacterClass.IsSpace, SplitBehaviour.Removed),
            new CharacterSplitter(CharacterClass.IsPunctuation, SplitBehaviour.Isolated),
        ]),
        "Whitespace" => new WordSplitter(),
        "WhitespaceSplit" => new CharacterSplitter(CharacterClass.IsSpace, SplitBehaviour.Removed),
        "ByteLevel" => new ByteLevelSplitter(part.Flag("add_prefix_space", true), part.Flag("use_regex", true)),
        "Metaspace" => Metaspace(part),
        "Split" => new PatternSplitter(PatternReader.Read(part.Child("pattern")), Behaviour(part), part.Flag("invert", false)),
        "Punctuation" => new CharacterSplitter(CharacterClass.IsPunctuation, part.TryChild("behavior") is null ? SplitBehaviour.Isolated : Behaviour(part)),
        "Digits" => new CharacterSplitter(CharacterClass.IsNumber, part.Flag("individual_digits", false) ? SplitBehaviour.Isolated : SplitBehaviour.Contiguous),
        "CharDelimiterSplit" => Delimiter(part.Child("delimiter")),
        var other => throw part.Wrong($"a pre_tokenizer of type '{other}' is not supported"),
    };

    private static SplitBehaviour Behaviour(JsonPart part) => part.Text("behavior") switch
    {
        "Removed" => SplitBehaviour.Removed,
        "Isolated" => SplitBehaviour.Isolated,
        "MergedWithPrevious" => SplitBehaviour.MergedWithPrevious,
        "MergedWithNext" => SplitBehaviour.MergedWithNext,
        "Contiguous" => SplitBehaviour.Contiguous,
        _ => throw part.Wrong("behavior is not one of Removed, Isolated, MergedWithPrevious, MergedWithNext, Contiguous"),
    };

    private static MetaspaceSplitter Metaspace(JsonPart part)
    {
        var mark = part.Text("replacement");
        if (mark.Length == 0 || CodePoints.Count(mark) > 1)
        {
            throw part.Wrong("replacement must be one character");
        }

        var prefix = part.TextOr("prepend_scheme", part.Flag("add_prefix_space", true) ? "always" : "never") switch
        {
            "always" => MetaspacePrefix.Always,
            "first" => MetaspacePrefix.First,
            "never" => MetaspacePrefix.Never,
            _ => throw part.Wrong("prepend_scheme is not one of always, first, never"),
        };
        return new MetaspaceSplitter(mark, prefix, part.Flag("split", true));
    }

    private static CharacterSplitter Delimiter(JsonPart part)
    {
        var text = part.Text();
        if (text.Length == 0 || CodePoints.Count(text) > 1)
        {
            throw part.Wrong("it must be one character");
        }

        var delimiter = CodePoints.At(text, 0, out _);
        return new CharacterSplitter(code => code == delimiter, SplitBehaviour.Removed);
    }
}
