using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using EdgeFilter.Policies.Documents.Yaml;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Documents.Shapes;

/// <summary>One of a few words, each with its meaning.</summary>
/// <param name="what">"an action".</param>
/// <param name="words">Each word and what it stands for.</param>
/// <param name="orElse">What may be written instead of a word; null for nothing.</param>
internal sealed class ChoiceShape<T>(string what, IReadOnlyDictionary<string, T> words, string? orElse = null) : Shape<Written<T>>
{
    public override string Wanted => words.Count == 1 ? $"'{words.Keys.First()}'" : $"{what}: {Listing}";

    private string Listing => words.Count == 1 ? words.Keys.First() : string.Join(", ", words.Keys.SkipLast(1)) + " or " + words.Keys.Last();

    public override bool TryRead(YamlNode node, ProblemList problems, [MaybeNullWhen(false)] out Written<T> value)
    {
        value = null;
        if (node is not YamlScalar scalar || PlainScalar.IsNull(scalar))
        {
            return Mismatch(node, problems);
        }

        if (words.TryGetValue(scalar.Text, out var choice))
        {
            value = new(choice, node.At);
            return true;
        }

        problems.Add(
            ProblemKinds.UnknownWord,
            node.At,
            $"'{PlainScalar.Shorten(scalar.Text)}' is not {what}; write {Listing}{(orElse is null ? "" : ", or " + orElse)}.{NearestName.Hint(scalar.Text, words.Keys)}");
        return false;
    }

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        new() { ["enum"] = new JsonArray([.. words.Keys.Select(w => (JsonNode)w)]) };
}

/// <summary>Makes the words of an enumeration: <c>ToolResult</c> is written <c>tool-result</c>.</summary>
internal static class ChoiceShape
{
    public static ChoiceShape<T> Of<T>(string what)
        where T : struct, Enum =>
        new(what, Enum.GetValues<T>().ToDictionary(Words.Of, v => v));
}
