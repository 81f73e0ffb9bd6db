using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using EdgeFilter.Policies.Documents.Yaml;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Documents.Shapes;

/// <summary>A short form (one value) and a long form (a list or a mapping) of the same thing, told apart by what is written.</summary>
internal sealed class EitherShape<T>(Shape<T> whenScalar, Shape<T> whenNested, string wanted) : Shape<T>
{
    public override string Wanted => wanted;

    public override bool TryRead(YamlNode node, ProblemList problems, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        return node switch
        {
            YamlScalar scalar when PlainScalar.IsNull(scalar) => Mismatch(node, problems),
            YamlScalar => whenScalar.TryRead(node, problems, out value),
            _ => whenNested.TryRead(node, problems, out value),
        };
    }

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["oneOf"] = new JsonArray(whenScalar.Schema(definitions), whenNested.Schema(definitions)) };
}

/// <summary>The same writing, another value.</summary>
internal sealed class ConvertedShape<TFrom, TTo>(Shape<TFrom> from, Func<TFrom, TTo> convert) : Shape<TTo>
{
    public override string Wanted => from.Wanted;

    public override bool TryRead(YamlNode node, ProblemList problems, [MaybeNullWhen(false)] out TTo value)
    {
        if (from.TryRead(node, problems, out var read))
        {
            value = convert(read);
            return true;
        }

        value = default;
        return false;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => from.Schema(definitions);
}
