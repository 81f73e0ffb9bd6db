using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using EdgeFilter.Policies.Documents.Yaml;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Documents.Shapes;

/// <summary>A list of at least one item.</summary>
internal sealed class ListShape<T>(Shape<T> item, string wanted, int most = 1_000) : Shape<IReadOnlyList<T>>
{
    public override string Wanted => wanted;

    public override bool TryRead(YamlNode node, ProblemList problems, [MaybeNullWhen(false)] out IReadOnlyList<T> value)
    {
        value = null;
        if (node is YamlScalar scalar && !PlainScalar.IsNull(scalar))
        {
            problems.Add(
                ProblemKinds.WrongType,
                node.At,
                $"this is {node.Describe()}; write {Wanted}, in brackets even when there is one: [{PlainScalar.Shorten(scalar.Text)}].");
            return false;
        }

        if (node is not YamlList list)
        {
            return Mismatch(node, problems);
        }

        if (list.Items.Count == 0)
        {
            problems.Add(ProblemKinds.EmptyList, node.At, $"this list is empty; write {Wanted}, or leave the key out.");
            return false;
        }

        if (list.Items.Count > most)
        {
            problems.Add(ProblemKinds.TooLong, node.At, $"this list has {list.Items.Count} items; at most {most} are allowed.");
            return false;
        }

        var items = new List<T>(list.Items.Count);
        foreach (var child in list.Items)
        {
            if (item.TryRead(child, problems, out var read))
            {
                items.Add(read);
            }
        }

        RefuseRepeats(items, problems);
        value = items;
        return true;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["type"] = "array", ["items"] = item.Schema(definitions), ["minItems"] = 1, ["maxItems"] = most };

    private static void RefuseRepeats(List<T> items, ProblemList problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in items.OfType<Written<string>>().Where(word => !seen.Add(word.Value)))
        {
            problems.Add(ProblemKinds.RepeatedItem, word.At, $"'{PlainScalar.Shorten(word.Value)}' is listed twice; keep one.");
        }
    }
}
