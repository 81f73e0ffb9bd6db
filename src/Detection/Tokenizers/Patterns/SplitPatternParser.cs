using System.Globalization;
using System.Text;

namespace EdgeFilter.Detection.Tokenizers.Patterns;

/// <summary>
/// Reads the regular expressions of tokenizer files: what Oniguruma's default syntax understands, as far as tokenizers use it.
/// Anything else is refused.
/// </summary>
internal sealed class SplitPatternParser
{
    private const int LongestPattern = 16_384;
    private const int DeepestGroup = 32;
    private const int LargestCount = 1000;

    private readonly int[] codes;
    private int at;
    private int depth;
    private bool ignoreCase;

    private SplitPatternParser(string pattern)
    {
        codes = [.. pattern.EnumerateRunes().Select(r => r.Value)];
    }

    private bool AtEnd => at == codes.Length;

    /// <exception cref="TokenizerException">It can't be read.</exception>
    public static PatternNode Parse(string pattern)
    {
        if (pattern.Length > LongestPattern)
        {
            throw new TokenizerException($"A pattern is longer than {LongestPattern} characters.");
        }

        var parser = new SplitPatternParser(pattern);
        var node = parser.ReadEither();
        return parser.AtEnd ? node : throw parser.Wrong("')' without '('");
    }

    internal static int? ReadBraceNumber(ReadOnlySpan<int> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (digit is < '0' or > '9' || number > LargestCount)
            {
                return null;
            }

            number = (number * 10) + digit - '0';
        }

        return digits.Length == 0 ? null : number;
    }

    private PatternNode ReadEither()
    {
        if (++depth > DeepestGroup)
        {
            throw Wrong("groups are nested too deeply");
        }

        var before = ignoreCase;
        var choices = new List<PatternNode> { ReadSequence() };
        while (TryTake('|'))
        {
            choices.Add(ReadSequence());
        }

        ignoreCase = before;
        depth--;
        return choices.Count == 1 ? choices[0] : new PatternNode.Either(choices);
    }

    private PatternNode ReadSequence()
    {
        var parts = new List<PatternNode>();
        while (!AtEnd && codes[at] is not ('|' or ')'))
        {
            if (ReadOne() is { } one)
            {
                parts.Add(ReadRepeats(one));
            }
        }

        return parts.Count == 1 ? parts[0] : new PatternNode.Sequence(parts);
    }

    private PatternNode ReadRepeats(PatternNode node)
    {
        while (!AtEnd)
        {
            var start = at;
            var (min, max) = codes[at] switch { '*' => (0, PatternNode.Repeat.Unbounded), '+' => (1, PatternNode.Repeat.Unbounded), '?' => (0, 1), _ => (-1, -1) };
            if (min >= 0)
            {
                at++;
            }
            else if (codes[at] != '{' || !TryReadCounts(out min, out max))
            {
                at = start;
                return node;
            }

            var kind = TryTake('?') ? RepeatKind.Lazy : codes[start] != '{' && TryTake('+') ? RepeatKind.Possessive : RepeatKind.Greedy;
            if (node.Least == 0 && max == PatternNode.Repeat.Unbounded)
            {
                throw Wrong("something that can be empty is repeated without end");
            }

            node = new PatternNode.Repeat(node, min, max, kind);
        }

        return node;
    }

    private bool TryReadCounts(out int min, out int max)
    {
        (min, max) = (0, 0);
        var close = Array.IndexOf(codes, '}', at);
        if (close < 0)
        {
            return false;
        }

        var inside = codes.AsSpan(at + 1, close - at - 1);
        var comma = inside.IndexOf(',');
        var first = ReadBraceNumber(comma < 0 ? inside : inside[..comma]);
        var second = comma < 0 ? first : ReadBraceNumber(inside[(comma + 1)..]);
        if ((first ?? second) is null || (comma < 0 && first is null))
        {
            return false;
        }

        at = close + 1;
        min = first ?? 0;
        max = second ?? PatternNode.Repeat.Unbounded;
        return max >= min && min <= LargestCount && (second ?? 0) <= LargestCount ? true : throw Wrong("the counts of a repetition are out of order or too high");
    }

    private PatternNode? ReadOne()
    {
        var code = codes[at++];
        switch (code)
        {
            case '(':
                return ReadGroup();
            case '[':
                return new PatternNode.One(new SplitSetParser(this).Read());
            case '.':
                var all = new CodePointSet(isNegated: true);
                all.Add('\n', '\n');
                return new PatternNode.One(all.Seal());
            case '^':
                return new PatternNode.Anchor(AnchorKind.LineStart);
            case '$':
                return new PatternNode.Anchor(AnchorKind.LineEnd);
            case '*' or '+' or '?':
                throw Wrong("a repetition has nothing to repeat");
            case '\\':
                return ReadEscape();
            default:
                return new PatternNode.One(CodePointSet.Of(code, ignoreCase));
        }
    }

    private PatternNode ReadEscape()
    {
        if (AtEnd)
        {
            throw Wrong("it ends with a backslash");
        }

        AnchorKind? anchor = codes[at] switch
        {
            'A' => AnchorKind.TextStart,
            'z' => AnchorKind.TextEnd,
            'Z' => AnchorKind.TextEndOrLastLine,
            'b' => AnchorKind.WordBorder,
            'B' => AnchorKind.NoWordBorder,
            _ => null,
        };
        if (anchor is { } kind)
        {
            at++;
            return new PatternNode.Anchor(kind);
        }

        return new PatternNode.One(TryReadClass() ?? CodePointSet.Of(ReadEscapedCode(), ignoreCase));
    }

    private PatternNode? ReadGroup()
    {
        var before = ignoreCase;
        PatternNode node;
        if (!TryTake('?'))
        {
            node = ReadEither();
        }
        else if (TryTake('='))
        {
            node = new PatternNode.Look(ReadEither(), IsBehind: false, IsNegated: false);
        }
        else if (TryTake('!'))
        {
            node = new PatternNode.Look(ReadEither(), IsBehind: false, IsNegated: true);
        }
        else if (TryTake('>'))
        {
            node = new PatternNode.Atomic(ReadEither());
        }
        else if (TryTake('<'))
        {
            var isNegated = TryTake('!');
            if (!isNegated && !TryTake('='))
            {
                throw Wrong("named groups are not supported");
            }

            node = Behind(ReadEither(), isNegated);
        }
        else
        {
            var isOn = true;
            while (!AtEnd && codes[at] is not (':' or ')'))
            {
                ignoreCase = codes[at] switch { 'i' => isOn, '-' => ignoreCase, _ => throw Wrong("of the options only 'i' is supported") };
                isOn &= codes[at++] != '-';
            }

            // An option without a group of its own lasts to the end of the group that it stands in.
            if (TryTake(')'))
            {
                return null;
            }

            at++;
            node = ReadEither();
        }

        ignoreCase = before;
        return TryTake(')') ? node : throw Wrong("'(' without ')'");
    }

    private PatternNode.Look Behind(PatternNode part, bool isNegated) => part.Exactly is not null
        ? new PatternNode.Look(part, IsBehind: true, isNegated)
        : throw Wrong("looking behind is supported for a fixed number of characters only");

    /// <summary>Reads what stands for many characters behind a backslash; null when it stands for one.</summary>
    internal CodePointSet? TryReadClass()
    {
        if (AtEnd)
        {
            throw Wrong("it ends with a backslash");
        }

        var letter = codes[at];
        var isNegated = letter is 'S' or 'D' or 'W' or 'P' or 'H';
        var set = new CodePointSet(isNegated);
        switch (letter)
        {
            case 's' or 'S':
                set.AddSpaces();
                break;
            case 'd' or 'D':
                set.AddCategories(PropertyNames.Find("Nd")!.Value);
                break;
            case 'w' or 'W':
                set.AddWords();
                break;
            case 'h' or 'H':
                set.Add('0', '9');
                set.Add('a', 'f');
                set.Add('A', 'F');
                break;
            case 'p' or 'P':
                at++;
                return ReadProperty(isNegated);
            default:
                return null;
        }

        at++;
        return set.Seal();
    }

    private CodePointSet ReadProperty(bool isNegated)
    {
        if (!TryTake('{'))
        {
            throw Wrong("\\p must be followed by a name in braces");
        }

        isNegated ^= TryTake('^');
        var close = Array.IndexOf(codes, '}', at);
        var name = close < 0 ? "" : string.Concat(codes[at..close].Select(c => new Rune(c).ToString()));
        var mask = PropertyNames.Find(name) ?? throw Wrong("of the properties only general categories are supported: \\p{L}, \\p{Nd} …");
        at = close + 1;
        var set = new CodePointSet(isNegated);
        set.AddCategories(mask);
        return set.Seal();
    }

    /// <summary>Reads what stands for one character behind a backslash.</summary>
    internal int ReadEscapedCode()
    {
        var code = codes[at++];
        switch (code)
        {
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'f':
                return '\f';
            case 'v':
                return '\v';
            case 'a':
                return '\a';
            case 'e':
                return 0x1B;
            case 'x':
                return TryTake('{') ? ReadHex(8, '}') : ReadHex(2, null);
            case 'u':
                return ReadHex(4, null);
            case (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'):
                throw Wrong("a letter or digit behind a backslash is not supported");
            default:
                return code;
        }
    }

    private int ReadHex(int most, int? close)
    {
        var start = at;
        while (at < codes.Length && at - start < most && codes[at] < 0x80 && char.IsAsciiHexDigit((char)codes[at]))
        {
            at++;
        }

        var digits = string.Concat(codes[start..at].Select(c => (char)c));
        if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || (close is { } sign && !TryTake(sign)) || !Rune.IsValid(code))
        {
            throw Wrong("a hexadecimal code is wrong");
        }

        return code;
    }

    internal bool IgnoreCase => ignoreCase;

    internal bool IsAtEnd => AtEnd;

    internal int Peek => AtEnd ? -1 : codes[at];

    internal int PeekSecond => at + 1 < codes.Length ? codes[at + 1] : -1;

    internal int Take() => codes[at++];

    internal bool TryTake(int code)
    {
        if (!AtEnd && codes[at] == code)
        {
            at++;
            return true;
        }

        return false;
    }

    internal TokenizerException Wrong(string why) => new($"A pattern can't be used, at its character {at}: {why}.");
}
