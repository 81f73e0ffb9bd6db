namespace EdgeFilter.Policies.Documents.Yaml;

/// <summary>What a parser of YAML says of broken syntax, in words that name the fix.</summary>
internal static class SyntaxWords
{
    private const string Otherwise = "Check the indentation, and quote text that contains ': ', ' #' or begins with a special character.";

    // The parser's own words, and what an author has done when it says them.
    private static readonly (string Said, string Meaning)[] Known =
    [
        ("did not find expected '-' indicator", "this line is indented less than the keys of the item above it, and begins no new item. Align it with those keys, or begin an item with '- '."),
        ("found invalid mapping", "a second ': ' stands in one value. Quote the text that holds it; or align this key with its neighbours; or, on the line before, write a space behind the colon of its key."),
        ("found unknown escape character", "in double quotes a backslash begins an escape. Write regular expressions and paths in single quotes, as in '\\d{4}'."),
        ("anchor or alias", "'*' and '&' begin aliases and anchors. Put the text in quotes, as in \"*\"."),
        ("cannot start any token", "a text can't begin with this character. Put it in quotes."),
        ("did not find expected ',' or ']'", "a list in brackets is not closed with ']' before this, or a comma is missing, or an item holds a bracket or brace and needs quotes."),
        ("did not find expected ',' or '}'", "a mapping in braces is not closed with '}' before this, or a comma is missing, or a value holds a bracket or brace and needs quotes."),
        ("could not find expected ':'", "this line is neither a key with ': ' nor an item with '- '. Write the colon and a space behind the key; what belongs to a text of several lines is indented below it."),
        ("wrong indentation", "the quote that opens here is not closed on its line. Close it."),
        ("unexpected end of stream", "the quote that opens here is never closed. Close it."),
        ("did not find expected key", "what stands here belongs to no key. A quote inside a quoted text is doubled ('') or escaped (\\\"); a key needs a ':' of the common kind, with a space behind it."),
    ];

    /// <param name="message">The parser's message; empty when it had none.</param>
    public static string Of(string message)
    {
        foreach (var (said, meaning) in Known)
        {
            if (message.Contains(said, StringComparison.OrdinalIgnoreCase))
            {
                return meaning;
            }
        }

        // Unknown words are kept: they name the construct. They never quote more than a token.
        var what = message.Length > 0 ? PlainScalar.Shorten(char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.'), 160) : "a bracket, brace or quote is left open, or something is misplaced";
        return $"{what}. {Otherwise}";
    }
}
