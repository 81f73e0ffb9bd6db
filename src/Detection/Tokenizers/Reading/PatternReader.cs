using EdgeFilter.Detection.Tokenizers.Patterns;

namespace EdgeFilter.Detection.Tokenizers.Reading;

/// <summary>Reads <c>{"String": …}</c> and <c>{"Regex": …}</c>.</summary>
internal static class PatternReader
{
    public static SplitPattern Read(JsonPart part)
    {
        try
        {
            if (part.TryChild("Regex") is { } regex)
            {
                return SplitPattern.Parse(regex.Text());
            }

            var text = part.Text("String");
            return text.Length > 0 ? SplitPattern.Literal(text) : throw new TokenizerException("The text to look for is empty.");
        }
        catch (TokenizerException wrong) when (!wrong.Message.StartsWith("tokenizer.json", StringComparison.Ordinal))
        {
            throw new TokenizerException($"tokenizer.json, {part.Place}: {wrong.Message}", wrong);
        }
    }
}
