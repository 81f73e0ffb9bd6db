using System.Text.Json.Nodes;

namespace EdgeFilter.Policies.Documents.Shapes;

/// <summary>The named parts of a JSON Schema (<c>$defs</c>), each written once however often it is used.</summary>
/// <param name="Names">Known names by kind (<c>entity</c>, <c>classifier</c> …), offered to editors; empty for the plain schema.</param>
internal sealed record SchemaDefinitions(IReadOnlyDictionary<string, IReadOnlyList<string>> Names)
{
    private readonly SortedDictionary<string, JsonObject> parts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, JsonObject> Parts => parts;

    public JsonObject Reference(string name, Func<JsonObject> describe)
    {
        if (!parts.ContainsKey(name))
        {
            // Entered before it is described: a part may contain itself.
            parts[name] = [];
            parts[name] = describe();
        }

        return new JsonObject { ["$ref"] = $"#/$defs/{name}" };
    }
}
