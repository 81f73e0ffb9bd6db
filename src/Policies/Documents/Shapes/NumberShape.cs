using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using EdgeFilter.Policies.Documents.Yaml;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Documents.Shapes;

/// <summary>A number written as plain decimal digits; a whole one when <paramref name="whole"/>.</summary>
internal sealed class NumberShape(string wanted, double least, double most, bool whole) : Shape<Written<double>>
{
    public override string Wanted => $"{wanted} from {Say(least)} to {Say(most)}";

    public override bool TryRead(YamlNode node, ProblemList problems, [MaybeNullWhen(false)] out Written<double> value)
    {
        value = null;
        if (node is not YamlScalar scalar || PlainScalar.IsNull(scalar))
        {
            return Mismatch(node, problems);
        }

        var plain = scalar.Text.Replace("_", "", StringComparison.Ordinal);
        if (plain.Length < scalar.Text.Length && IsDecimal(plain))
        {
            problems.Add(ProblemKinds.WrongType, node.At, $"some YAML readers take '{scalar.Text}' for a number, others for a text; write {plain}.");
            return false;
        }

        if (scalar is { IsPlain: true, Text.Length: > 15 and < 100 } && scalar.Text.All(char.IsAsciiDigit))
        {
            problems.Add(ProblemKinds.OutOfRange, node.At, $"{scalar.Text} is out of range; write {Wanted}.");
            return false;
        }

        if (!IsDecimal(scalar.Text) || !double.TryParse(scalar.Text, CultureInfo.InvariantCulture, out var number))
        {
            return Mismatch(node, problems);
        }

        if (!scalar.IsPlain)
        {
            problems.Add(ProblemKinds.WrongType, node.At, $"the quotes make a text of this number; write {scalar.Text}.");
            return false;
        }

        if (number < least || number > most)
        {
            problems.Add(ProblemKinds.OutOfRange, node.At, $"{scalar.Text} is out of range; write {Wanted}.");
            return false;
        }

        value = new(number, node.At);
        return true;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["type"] = whole ? "integer" : "number", ["minimum"] = least, ["maximum"] = most };

    // No octal-looking zeros, no exponents, no underscores: every YAML reader agrees on what is left.
    private bool IsDecimal(string text)
    {
        var digits = text.StartsWith('-') ? text.AsSpan(1) : text;
        var point = digits.IndexOf('.');
        var integral = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? "" : digits[(point + 1)..];
        return integral.Length is > 0 and < 16 && fraction.Length < 16
            && (point < 0 || (!whole && fraction.Length > 0))
            && !integral.ContainsAnyExceptInRange('0', '9') && !fraction.ContainsAnyExceptInRange('0', '9')
            && (integral.Length == 1 || integral[0] != '0');
    }

    private static string Say(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
