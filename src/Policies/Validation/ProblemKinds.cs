namespace EdgeFilter.Policies.Validation;

/// <summary>
/// Mistakes of form: the file, its YAML, its shape. What a document means is in <see cref="MeaningProblems"/>, what documents
/// mean together in <see cref="SetProblems"/>.
/// </summary>
internal static class ProblemKinds
{
    public static readonly ProblemKind Unreadable = new(
        "POL001", "The file can't be read", "The file is missing, locked or not permitted. Check its path and permissions.");

    public static readonly ProblemKind TooLarge = new(
        "POL002", "The file is too large", "A policy file has at most 1 MiB. Split it into several policies and join them with 'extends'.");

    public static readonly ProblemKind Encoding = new(
        "POL003", "The file is not UTF-8", "Policies are UTF-8, with or without a byte order mark. Save the file as UTF-8.");

    public static readonly ProblemKind HiddenCharacter = new(
        "POL004", "A character that can't be seen", "Control characters, unusual line breaks and bidirectional controls make a reviewer see another text than the program reads. Write them as escapes inside double quotes.");

    public static readonly ProblemKind Tab = new(
        "POL005", "A tab indents a line", "YAML allows only spaces before the first character of a line. Replace the tab by spaces.");

    public static readonly ProblemKind Syntax = new(
        "POL006", "Not YAML", "From the place named on, the text can't be read as YAML; nothing behind it was checked. Frequent causes: uneven indentation, an unquoted ': ' or ' #' inside a text, an unclosed quote or bracket.");

    public static readonly ProblemKind Empty = new(
        "POL007", "The file is empty", "There is nothing but comments. An empty policy would silently protect nobody, so it is refused; delete the file instead.");

    public static readonly ProblemKind SecondDocument = new(
        "POL008", "A second document in the file", "A line of three hyphens starts another document. Many tools read only the first one, so each document has a file of its own.");

    public static readonly ProblemKind Alias = new(
        "POL009", "Anchor, alias or merge key", "Parts can't be repeated by reference: a few lines of aliases can stand for billions of nodes, and reviewers can't see what is in force. Write the part out, or share it with 'extends'.");

    public static readonly ProblemKind Tag = new(
        "POL010", "A type tag", "Tags such as !!str or !include change what a value is. Every key says itself what type it takes; leave the tag out.");

    public static readonly ProblemKind TooDeep = new(
        "POL011", "Nested too deep", "Lists and mappings are nested more than 32 deep.");

    public static readonly ProblemKind KeyIsNotText = new(
        "POL012", "A key that is not a word", "Keys are plain words. A list or mapping stands where a key belongs; often a bracket or a colon is misplaced.");

    public static readonly ProblemKind DuplicateKey = new(
        "POL013", "A key is written twice", "Some readers take the first, some the last. Keep one.");

    public static readonly ProblemKind NotAPolicy = new(
        "POL014", "Not a policy, waiver or file of tests", "Begin with 'policy: its-name', 'waiver: its-name' or 'tests-of: a-policy'.");

    public static readonly ProblemKind UnknownKey = new(
        "POL020", "Unknown key", "A key that is not known could be a misspelt protection, so it is an error. The message names the nearest key or all that are allowed.");

    public static readonly ProblemKind MissingKey = new("POL021", "A key is missing", "The mapping at this place needs the key that is named.");

    public static readonly ProblemKind NoValue = new("POL022", "No value", "The key has no value, or an empty one. Write one, or leave the key out.");

    public static readonly ProblemKind WrongType = new(
        "POL023", "Another type is wanted", "A list, mapping, text, number or flag stands where another one is wanted. Lists are written as lists even when they have one item.");

    public static readonly ProblemKind NeedsQuotes = new(
        "POL024", "The text needs quotes", "Without quotes some YAML readers turn it into something else: NO into false, 1.10 into 1.1, 010 into 8, 22:30 into 1350. In quotes it stays what it is.");

    public static readonly ProblemKind UnknownWord = new("POL025", "Unknown word", "Only the listed words may stand here.");

    public static readonly ProblemKind BadFormat = new("POL026", "Badly formed text", "The text doesn't have the form that this key asks for.");

    public static readonly ProblemKind OutOfRange = new("POL027", "Number out of range", "The number is smaller or larger than allowed.");

    public static readonly ProblemKind BadDate = new("POL028", "Not a date", "Dates are written year-month-day, as in 2026-12-31, and exist in the calendar.");

    public static readonly ProblemKind TooLong = new("POL029", "Too long", "The text or list is longer than allowed.");

    public static readonly ProblemKind EmptyList = new("POL030", "Empty list or mapping", "An empty list could mean 'nobody' or 'everybody'. Leave the key out instead.");

    public static readonly ProblemKind RepeatedItem = new("POL031", "An item is listed twice", "Keep one of them.");
}
