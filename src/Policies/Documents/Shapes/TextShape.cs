using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeFilter.Policies.Documents.Yaml;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Documents.Shapes;

/// <summary>A text. What some YAML reader would convert to another type must be in quotes.</summary>
/// <param name="wanted">"a title".</param>
/// <param name="longest">UTF-16 code units.</param>
/// <param name="pattern">What it must look like; null for anything. Written to suit JSON Schema's ECMAScript and .NET alike.</param>
/// <param name="patternInWords">The pattern in words: "lower-case letters, digits and hyphens".</param>
/// <param name="names">Which list of known names an editor may offer.</param>
/// <param name="mayBeEmpty">True when "" in quotes means something.</param>
internal sealed class TextShape(string wanted, int longest = 500, string? pattern = null, string? patternInWords = null, string? names = null, bool mayBeEmpty = false)
    : Shape<Written<string>>
{
    private readonly Regex? regex = pattern is null ? null : new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public override string Wanted => wanted;

    public override bool TryRead(YamlNode node, ProblemList problems, [MaybeNullWhen(false)] out Written<string> value)
    {
        value = null;
        if (node is not YamlScalar scalar || PlainScalar.IsNull(scalar))
        {
            return Mismatch(node, problems);
        }

        if (PlainScalar.Reading(scalar) is { } reading)
        {
            problems.Add(
                ProblemKinds.NeedsQuotes,
                node.At,
                $"YAML reads {PlainScalar.Shorten(scalar.Text)} without quotes as {reading}; write \"{PlainScalar.Shorten(scalar.Text)}\".");
            return false;
        }

        if (scalar.Text.Length > longest)
        {
            problems.Add(ProblemKinds.TooLong, node.At, $"this text has {scalar.Text.Length} characters; at most {longest} are allowed.");
            return false;
        }

        if (scalar.Text.Length == 0 && !mayBeEmpty)
        {
            problems.Add(ProblemKinds.NoValue, node.At, $"this text is empty; write {Wanted}.");
            return false;
        }

        if (regex is not null && !regex.IsMatch(scalar.Text))
        {
            problems.Add(
                ProblemKinds.BadFormat,
                node.At,
                $"'{PlainScalar.Shorten(scalar.Text)}' is not {Wanted}: use {patternInWords}.");
            return false;
        }

        value = new(scalar.Text, node.At);
        return true;
    }

    public override JsonObject Schema(SchemaDefinitions definitions)
    {
        var schema = new JsonObject { ["type"] = "string", ["minLength"] = mayBeEmpty ? 0 : 1, ["maxLength"] = longest };
        if (pattern is not null)
        {
            schema["pattern"] = pattern;
        }

        if (names is not null && definitions.Names.TryGetValue(names, out var known))
        {
            schema["examples"] = new JsonArray([.. known.Select(n => (JsonNode)n)]);
            return new JsonObject
            {
                ["anyOf"] = new JsonArray(new JsonObject { ["enum"] = new JsonArray([.. known.Select(n => (JsonNode)n)]) }, schema),
            };
        }

        return schema;
    }
}
