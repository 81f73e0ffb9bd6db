using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using EdgeFilter.Policies.Documents.Yaml;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Documents.Shapes;

/// <summary>A mapping whose keys the author chooses: texts by language, lists of words by name.</summary>
internal sealed class NamedShape<T>(Shape<Written<string>> key, Shape<T> item, string wanted) : Shape<IReadOnlyList<Named<T>>>
{
    public override string Wanted => wanted;

    public override bool TryRead(YamlNode node, ProblemList problems, [MaybeNullWhen(false)] out IReadOnlyList<Named<T>> value)
    {
        value = null;
        if (node is not YamlMap map)
        {
            return Mismatch(node, problems);
        }

        if (map.Entries.Count == 0)
        {
            problems.Add(ProblemKinds.EmptyList, node.At, $"this mapping is empty; write {Wanted}, or leave the key out.");
            return false;
        }

        var items = new List<Named<T>>(map.Entries.Count);
        foreach (var entry in map.Entries)
        {
            if (key.TryRead(entry.Key, problems, out var name) & item.TryRead(entry.Value, problems, out var read))
            {
                items.Add(new Named<T>(name!, read!));
            }
        }

        value = items;
        return true;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) => new()
    {
        ["type"] = "object",
        ["minProperties"] = 1,
        ["propertyNames"] = key.Schema(definitions),
        ["additionalProperties"] = item.Schema(definitions),
    };
}
