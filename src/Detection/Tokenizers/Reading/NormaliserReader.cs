using EdgeFilter.Detection.Tokenizers.Normalising;
using EdgeFilter.Detection.Tokenizers.Unicode;

namespace EdgeFilter.Detection.Tokenizers.Reading;

/// <summary>Reads <c>normalizer</c>.</summary>
internal static class NormaliserReader
{
    public static ITextNormaliser Read(JsonPart part) => part.Type switch
    {
        "Sequence" => new NormaliserSequence([.. part.Child("normalizers").Items().Select(Read)]),
        "BertNormalizer" => Bert(part),
        "NFC" => new FormNormaliser(UnicodeForm.Nfc),
        "NFD" => new FormNormaliser(UnicodeForm.Nfd),
        "NFKC" => new FormNormaliser(UnicodeForm.Nfkc),
        "NFKD" => new FormNormaliser(UnicodeForm.Nfkd),
        "Lowercase" => CharacterNormaliser.Lowercase,
        "StripAccents" => CharacterNormaliser.StripAccents,
        "Nmt" => CharacterNormaliser.Nmt,
        "Strip" => new StripNormaliser(part.Flag("strip_left", true), part.Flag("strip_right", true)),
        "Prepend" => new PrependNormaliser(part.Text("prepend")),
        "Replace" => new ReplaceNormaliser(PatternReader.Read(part.Child("pattern")), part.Text("content")),
        "Precompiled" => CharsMap(part.Child("precompiled_charsmap")),
        "ByteLevel" => ByteLevelNormaliser.Instance,
        var other => throw part.Wrong($"a normalizer of type '{other}' is not supported"),
    };

    private static NormaliserSequence Bert(JsonPart part)
    {
        var steps = new List<ITextNormaliser>();
        if (part.Flag("clean_text", true))
        {
            steps.Add(CharacterNormaliser.CleanText);
        }

        if (part.Flag("handle_chinese_chars", true))
        {
            steps.Add(CharacterNormaliser.SpaceIdeographs);
        }

        var isLower = part.Flag("lowercase", true);
        if (part.Flag("strip_accents", isLower))
        {
            steps.Add(new FormNormaliser(UnicodeForm.Nfd));
            steps.Add(CharacterNormaliser.StripMarks);
        }

        if (isLower)
        {
            steps.Add(CharacterNormaliser.Lowercase);
        }

        return new NormaliserSequence(steps);
    }

    private static CharsMapNormaliser CharsMap(JsonPart part)
    {
        try
        {
            return new CharsMapNormaliser(Convert.FromBase64String(part.Text()));
        }
        catch (FormatException)
        {
            throw part.Wrong("it is not base64");
        }
    }
}
