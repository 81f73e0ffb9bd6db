using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using EdgeFilter.Policies.Documents.Yaml;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Documents.Shapes;

/// <summary>A shape that is only known later: how a part can contain itself.</summary>
internal sealed class DeferredShape<T>(Func<Shape<T>> shape, string wanted) : Shape<T>
{
    public override string Wanted => wanted;

    public override bool TryRead(YamlNode node, ProblemList problems, [MaybeNullWhen(false)] out T value) =>
        shape().TryRead(node, problems, out value);

    public override JsonObject Schema(SchemaDefinitions definitions) => shape().Schema(definitions);
}
