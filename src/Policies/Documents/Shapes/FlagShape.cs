using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using EdgeFilter.Policies.Documents.Yaml;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Documents.Shapes;

/// <summary><c>true</c> or <c>false</c>, spelled so and without quotes.</summary>
internal sealed class FlagShape : Shape<Written<bool>>
{
    public override string Wanted => "true or false";

    public override bool TryRead(YamlNode node, ProblemList problems, [MaybeNullWhen(false)] out Written<bool> value)
    {
        if (node is YamlScalar { IsPlain: true, Text: "true" or "false" } scalar)
        {
            value = new(scalar.Text == "true", node.At);
            return true;
        }

        value = null;
        if (node is YamlScalar { IsPlain: true } other && PlainScalar.Reading(other)?.Contains("boolean", StringComparison.Ordinal) == true)
        {
            problems.Add(
                ProblemKinds.WrongType,
                node.At,
                $"YAML readers disagree about '{other.Text}': some read {PlainScalar.Reading(other)}, some a text; write {Wanted}.");
            return false;
        }

        return Mismatch(node, problems);
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new() { ["type"] = "boolean" };
}
