using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using EdgeFilter.Policies.Documents.Yaml;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Documents.Shapes;

/// <summary>A day of the calendar, <c>2026-12-31</c>, with or without quotes.</summary>
internal sealed class DateShape : Shape<Written<DateOnly>>
{
    public override string Wanted => "a date such as 2026-12-31";

    public override bool TryRead(YamlNode node, ProblemList problems, [MaybeNullWhen(false)] out Written<DateOnly> value)
    {
        value = null;
        if (node is not YamlScalar scalar || PlainScalar.IsNull(scalar))
        {
            return Mismatch(node, problems);
        }

        if (DateOnly.TryParseExact(scalar.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            value = new(date, node.At);
            return true;
        }

        problems.Add(ProblemKinds.BadDate, node.At, $"'{PlainScalar.Shorten(scalar.Text)}' is not a day of the calendar; write {Wanted} (year-month-day).");
        return false;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["type"] = "string", ["format"] = "date", ["pattern"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" };
}
