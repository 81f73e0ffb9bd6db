using EdgeFilter.Detection.Checksums;

namespace EdgeFilter.Detection.Identifiers.Checks;

/// <summary>The vocabulary of the check rules in the data file.</summary>
internal static class CheckRules
{
    public static Check Build(CheckParser.Node node) => node.Name switch
    {
        // Combining and cutting.
        "all" => All(node.Rules()),
        "any" => Any(node.Rules()),
        "not" => Not(node.Rule(0)),
        "head" => Slice(0, node.Number(0), node.Rule(1)),
        "from" => Slice(node.Number(0), int.MaxValue, node.Rule(1)),
        "tail" => Tail(node.Number(0), node.Rule(1)),
        "after" => After(node.Word(0).Split(' '), node.Rule(1)),
        "digits" => Digits(node.Rule(0)),
        "len" => Lengths(node.Numbers(0)),
        "starts" => Starts(node.Word(0).Split(' ')),

        // Arithmetic with parameters.
        "sum" => WeightedSum.AtEnd(node.Numbers(0), node.Number(1), node.Word(2), node.OptionalWord(3)),
        "sumat" => WeightedSum.At(node.Number(0), node.Numbers(1), node.Number(2), node.Word(3)),
        "sumr" => WeightedSum.FromRight(node.Numbers(0), node.Number(1), node.Word(2)),
        "sumd" => WeightedSum.OfDigitSums(node.Numbers(0), node.Number(1), node.Word(2), node.OptionalWord(3)),
        "zero" => WeightedSum.Leaves(node.Numbers(0), node.Number(1), node.Arguments.Count > 2 ? node.Numbers(2) : [0]),
        "twice" => WeightedSum.TwoPasses(node.Numbers(0), node.Numbers(1), node.Number(2), node.Word(3)[0]),
        "remainder" => WholeNumber.EndsWithRemainder(node.Number(0), node.Number(1), node.OptionalWord(2) ?? "", node.OptionalWord(3) ?? ""),
        "letter" => WholeNumber.NamedByLetter(node.Number(0), node.Word(1)),
        "divisible" => WholeNumber.Leaves(node.Number(0), node.Arguments.Count > 1 ? node.Number(1) : 0),
        "date" => DatePart.Parse(node.Number(0), node.Word(1), node.OptionalWord(2), node.OptionalWord(3)),
        "ordinals" => Ordinals(node.Rule(0)),

        // Algorithms with a name of their own.
        "luhn" => static (v, _) => Luhn.IsValid(v),
        "luhn-letters" => static (v, _) => Luhn.IsValidExpanded(v),
        "luhn-36" => static (v, _) => Luhn.IsValidInBase(v, 36),
        "luhn-npi" => static (v, _) => Luhn.IsValidWithPrefix("80840", v),
        "verhoeff" => static (v, _) => Verhoeff.IsValid(v),
        "mod97" => static (v, _) => Iso7064.IsMod97(v),
        "iso11-10" => static (v, _) => Iso7064.IsMod11Hybrid10(v),
        "iso11-2" => static (v, _) => Iso7064.IsMod11Radix2(v),
        "iso37-36" => static (v, _) => Iso7064.IsMod37Hybrid36(v),
        "iso37-2" => static (v, _) => Iso7064.IsMod37Radix2(v),
        _ => NamedChecks.Find(node.Name) ?? throw new FormatException($"There is no check rule '{node.Name}'."),
    };

    private static Check All(Check[] checks) => (v, raw) =>
    {
        foreach (var check in checks)
        {
            if (!check(v, raw))
            {
                return false;
            }
        }

        return true;
    };

    private static Check Any(Check[] checks) => (v, raw) =>
    {
        foreach (var check in checks)
        {
            if (check(v, raw))
            {
                return true;
            }
        }

        return false;
    };

    private static Check Not(Check check) => (v, raw) => !check(v, raw);

    private static Check Slice(int start, int length, Check check) => (v, raw) =>
        v.Length >= start && (length == int.MaxValue || v.Length >= start + length)
        && check(length == int.MaxValue ? v[start..] : v.Slice(start, length), raw);

    private static Check Tail(int length, Check check) => (v, raw) => v.Length >= length && check(v[^length..], raw);

    private static Check After(string[] prefixes, Check check) => (v, raw) =>
    {
        foreach (var prefix in prefixes)
        {
            if (v.StartsWith(prefix, StringComparison.Ordinal))
            {
                return check(v[prefix.Length..], raw);
            }
        }

        return check(v, raw);
    };

    private static Check Digits(Check check) => (v, raw) =>
    {
        Span<char> digits = stackalloc char[v.Length];
        var length = 0;
        foreach (var c in v)
        {
            if (char.IsAsciiDigit(c))
            {
                digits[length++] = c;
            }
        }

        return check(digits[..length], raw);
    };

    /// <summary>Every letter becomes its two-digit place in the alphabet.</summary>
    private static Check Ordinals(Check check) => (v, raw) =>
    {
        Span<char> digits = stackalloc char[v.Length * 2];
        var length = 0;
        foreach (var c in v)
        {
            if (Symbols.Ordinal(c) is > 0 and var ordinal)
            {
                digits[length++] = (char)('0' + (ordinal / 10));
                digits[length++] = (char)('0' + (ordinal % 10));
            }
            else
            {
                digits[length++] = c;
            }
        }

        return check(digits[..length], raw);
    };

    private static Check Lengths(int[] lengths) => (v, _) => Array.IndexOf(lengths, v.Length) >= 0;

    private static Check Starts(string[] prefixes) => (v, _) =>
    {
        foreach (var prefix in prefixes)
        {
            if (v.StartsWith(prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    };
}
