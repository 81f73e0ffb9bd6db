using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using EdgeFilter.Policies.Documents.Yaml;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Documents.Shapes;

/// <summary><c>likely</c>, <c>strict</c> or <c>0.9</c>.</summary>
internal sealed class ThresholdShape : Shape<Written<Threshold>>
{
    private static readonly NumberShape Number = new("a number", 0, 1, whole: false);
    private static readonly string[] Words = [.. Threshold.Levels, .. Threshold.Calibrated];

    public override string Wanted => "possible, likely or certain for entities; a number from 0 to 1, strict, balanced or permissive for a classifier";

    public override bool TryRead(YamlNode node, ProblemList problems, [MaybeNullWhen(false)] out Written<Threshold> value)
    {
        value = null;
        if (node is not YamlScalar scalar || PlainScalar.IsNull(scalar))
        {
            return Mismatch(node, problems);
        }

        if (Words.Contains(scalar.Text))
        {
            value = new(new Threshold(scalar.Text, 0), node.At);
            return true;
        }

        if (PlainScalar.Reading(scalar) is not null || !scalar.IsPlain || scalar.Text.EndsWith('%'))
        {
            if (scalar.Text.EndsWith('%'))
            {
                return Mismatch(node, problems);
            }

            if (!Number.TryRead(node, problems, out var number))
            {
                return false;
            }

            value = new(new Threshold(null, number.Value), node.At);
            return true;
        }

        problems.Add(
            ProblemKinds.UnknownWord,
            node.At,
            $"'{PlainScalar.Shorten(scalar.Text)}' is not a threshold; write {Wanted}.{NearestName.Hint(scalar.Text, Words)}");
        return false;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new()
    {
        ["oneOf"] = new JsonArray(
            new JsonObject { ["enum"] = new JsonArray([.. Words.Select(w => (JsonNode)w)]) },
            Number.Schema(definitions)),
    };
}
