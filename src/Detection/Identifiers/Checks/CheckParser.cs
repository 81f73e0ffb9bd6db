using System.Globalization;

namespace EdgeFilter.Detection.Identifiers.Checks;

/// <summary>
/// Reads the check rules of the data file. A rule is a name, or a name with arguments: <c>luhn</c>,
/// <c>sum(10 9 8 7 6 5 4 3 2, 11, 0!987654321)</c>, <c>all(len(11), after(HR, iso11-10))</c>. Arguments are numbers separated by
/// blanks, words, or rules. <c>docs/detectors.md</c> describes the names.
/// </summary>
internal sealed class CheckParser
{
    private readonly string text;
    private int at;

    private CheckParser(string text)
    {
        this.text = text;
    }

    /// <exception cref="FormatException">The rule is not well-formed or names what does not exist.</exception>
    public static Check Parse(string rule)
    {
        var parser = new CheckParser(rule);
        var check = CheckRules.Build(parser.ParseNode());
        return parser.at == rule.Length ? check : throw new FormatException($"Text behind the end of the rule '{rule}'.");
    }

    private Node ParseNode()
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        var start = at;
        while (at < text.Length && text[at] is not ('(' or ')' or ','))
        {
            at++;
        }

        var name = text[start..at].Trim();
        var arguments = new List<Node>();
        if (at < text.Length && text[at] == '(')
        {
            do
            {
                at++;
                arguments.Add(ParseNode());
            }
            while (at < text.Length && text[at] == ',');
            if (at >= text.Length || text[at] != ')')
            {
                throw new FormatException($"A bracket is not closed in the rule '{text}'.");
            }

            at++;
        }

        return new Node(name, arguments);
    }

    /// <summary>A name with its arguments; numbers are names too.</summary>
    internal sealed record Node(string Name, IReadOnlyList<Node> Arguments)
    {
        public string Word(int index) => index < Arguments.Count
            ? Arguments[index].Name
            : throw new FormatException($"'{Name}' needs more arguments.");

        public string? OptionalWord(int index) => index < Arguments.Count ? Arguments[index].Name : null;

        public int[] Numbers(int index) =>
            [.. Word(index).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => int.Parse(n, CultureInfo.InvariantCulture))];

        public int Number(int index) => int.Parse(Word(index), CultureInfo.InvariantCulture);

        public Check Rule(int index) => index < Arguments.Count
            ? CheckRules.Build(Arguments[index])
            : throw new FormatException($"'{Name}' needs more arguments.");

        public Check[] Rules() => [.. Arguments.Select(CheckRules.Build)];
    }
}
