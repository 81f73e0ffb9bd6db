using System.Globalization;

namespace EdgeFilter.Detection.Patterns;

/// <summary>
/// Reads the regular expressions that can run in linear time: literals, sets, groups, alternatives, bounded and unbounded
/// repetition. Digits and word characters are ASCII's. <c>\b</c> is taken at the beginning and the end of a pattern.
/// </summary>
internal sealed partial class PatternParser
{
    private const int MaxPatternLength = 8_192;
    private const int MaxDepth = 64;
    private const int MaxRepeat = 10_000;
    private readonly string pattern;
    private int at;
    private int depth;
    private bool ignoreCase;

    private PatternParser(string pattern, bool ignoreCase)
    {
        this.pattern = pattern;
        this.ignoreCase = ignoreCase;
    }

    /// <summary>Names of the groups written <c>(?&lt;name&gt;…)</c>, in order.</summary>
    public List<string> GroupNames { get; } = [];

    public bool StartsAtBoundary { get; private set; }

    public bool EndsAtBoundary { get; private set; }

    public static (PatternNode Node, PatternParser Parser) Parse(string pattern, bool ignoreCase)
    {
        if (pattern.Length > MaxPatternLength)
        {
            throw new PatternException($"the pattern is longer than {MaxPatternLength} characters; split it", 0);
        }

        var parser = new PatternParser(pattern, ignoreCase);
        var node = parser.ParseAll();
        return (node, parser);
    }

    private PatternNode ParseAll()
    {
        if (pattern.StartsWith(@"\b", StringComparison.Ordinal))
        {
            StartsAtBoundary = true;
            at = 2;
        }

        var node = ParseAlternation();
        if (at < pattern.Length)
        {
            throw Error("')' without '('; write \\) for the character");
        }

        return node;
    }

    private PatternNode ParseAlternation()
    {
        if (++depth > MaxDepth)
        {
            throw Error($"groups are nested more than {MaxDepth} deep");
        }

        var caseBefore = ignoreCase;
        var options = new List<PatternNode> { ParseSequence() };
        while (at < pattern.Length && pattern[at] == '|')
        {
            at++;
            options.Add(ParseSequence());
        }

        ignoreCase = caseBefore;
        depth--;
        return options.Count == 1 ? options[0] : new AlternationNode(options);
    }

    private PatternNode ParseSequence()
    {
        var parts = new List<PatternNode>();
        while (at < pattern.Length && pattern[at] is not ('|' or ')'))
        {
            if (ParseAtom() is { } atom)
            {
                parts.Add(ParseQuantifier(atom));
            }
        }

        return parts.Count switch { 0 => new EmptyNode(), 1 => parts[0], _ => new SequenceNode(parts) };
    }

    private PatternNode? ParseAtom()
    {
        var c = pattern[at];
        switch (c)
        {
            case '(':
                return ParseGroup();
            case '[':
                at++;
                return new SetNode(ParseSet());
            case '.':
                at++;
                return new SetNode(CharSet.AnyButNewLine);
            case '\\':
                return ParseEscape();
            case '^' or '$':
                throw Error($"'{c}' is not available: a pattern is looked for anywhere in the text; use \\b at its beginning or end");
            case '*' or '+' or '?':
                throw Error($"'{c}' has nothing to repeat; write \\{c} for the character");
            default:
                at++;
                return Literal(c);
        }
    }

    private SetNode Literal(char c)
    {
        var set = CharSet.Of(c);
        return new SetNode(ignoreCase ? set.IgnoreCase() : set);
    }

    private PatternNode? ParseGroup()
    {
        var open = at++;
        if (at < pattern.Length && pattern[at] == '?')
        {
            var rest = pattern.AsSpan(at);
            if (rest.StartsWith("?:"))
            {
                at += 2;
            }
            else if (rest.StartsWith("?i)"))
            {
                at += 3;
                ignoreCase = true;
                return null;
            }
            else if (rest.StartsWith("?i:"))
            {
                at += 3;
                var before = ignoreCase;
                ignoreCase = true;
                var inner = CloseGroup(open);
                ignoreCase = before;
                return inner;
            }
            else if (rest.StartsWith("?<") && rest.Length > 2 && rest[2] is not ('=' or '!') && rest.IndexOf('>') is > 2 and var end)
            {
                GroupNames.Add(rest[2..end].ToString());
                at += end + 1;
            }
            else
            {
                throw Error("look-around, back-references, atomic groups and options other than (?i) can't run in linear time; "
                    + "use context words, \\b, or a named group for the part to report");
            }
        }

        return CloseGroup(open);
    }

    private PatternNode CloseGroup(int open)
    {
        var node = ParseAlternation();
        if (at >= pattern.Length)
        {
            throw new PatternException("'(' is never closed; write \\( for the character", open);
        }

        at++;
        return node;
    }

    private SetNode? ParseEscape()
    {
        if (at + 1 >= pattern.Length)
        {
            throw Error("a pattern can't end in a single backslash");
        }

        var c = pattern[at + 1];
        if (c == 'b')
        {
            at += 2;
            if (at < pattern.Length)
            {
                throw new PatternException("\\b is available at the beginning and the end of a pattern only", at - 2);
            }

            EndsAtBoundary = true;
            return null;
        }

        at++;
        if (ParseClassEscape() is { } set)
        {
            return new SetNode(set);
        }

        return Literal(ParseCharEscape());
    }

    private PatternNode ParseQuantifier(PatternNode atom)
    {
        while (at < pattern.Length)
        {
            int min;
            int? max;
            switch (pattern[at])
            {
                case '*':
                    (min, max) = (0, null);
                    at++;
                    break;
                case '+':
                    (min, max) = (1, null);
                    at++;
                    break;
                case '?':
                    (min, max) = (0, 1);
                    at++;
                    break;
                case '{' when TryParseBounds(out min, out max):
                    break;
                default:
                    return atom;
            }

            // Lazy or greedy makes no difference here: the longest match is reported.
            if (at < pattern.Length && pattern[at] == '?')
            {
                at++;
            }

            if (min > MaxRepeat || max > MaxRepeat || max < min)
            {
                throw Error($"repeat counts go from 0 to {MaxRepeat}, the smaller first");
            }

            atom = new RepeatNode(atom, min, max);
        }

        return atom;
    }

    private bool TryParseBounds(out int min, out int? max)
    {
        (min, max) = (0, null);
        var close = pattern.IndexOf('}', at);
        if (close < 0)
        {
            return false;
        }

        var body = pattern.AsSpan(at + 1, close - at - 1);
        var comma = body.IndexOf(',');
        var low = comma < 0 ? body : body[..comma];
        var high = comma < 0 ? body : body[(comma + 1)..];
        if (!int.TryParse(low, NumberStyles.None, CultureInfo.InvariantCulture, out min))
        {
            return false;
        }

        if (high.Length > 0)
        {
            if (!int.TryParse(high, NumberStyles.None, CultureInfo.InvariantCulture, out var limit))
            {
                return false;
            }

            max = limit;
        }

        at = close + 1;
        return true;
    }

    private PatternException Error(string message) => new(message, at);
}
