using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeFilter.Policies.Documents;
using EdgeFilter.Policies.Documents.Shapes;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Schema;

/// <summary>The JSON Schema of policies, waivers and files of tests, made from the shapes that read them.</summary>
public static class PolicySchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the schema.</summary>
    /// <param name="scope">
    /// The detectors and models whose names editors are to offer; null for the schema that is the same everywhere
    /// (<c>schema/policy.schema.json</c>).
    /// </param>
    public static string Write(ValidationScope? scope = null)
    {
        var definitions = new SchemaDefinitions(scope is null ? new Dictionary<string, IReadOnlyList<string>>() : NamesOf(scope));
        var kinds = new JsonArray(
            PolicyLanguage.Policy.Schema(definitions),
            PolicyLanguage.Waiver.Schema(definitions),
            PolicyLanguage.Tests.Schema(definitions));
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "EdgeFilter policy",
            ["description"] = $"Policies, waivers and files of tests, vocabulary {PolicyLanguage.Version}.",
            ["oneOf"] = kinds,
            ["$defs"] = new JsonObject(definitions.Parts.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value.DeepClone()))),
        };
        return schema.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
    }

    private static Dictionary<string, IReadOnlyList<string>> NamesOf(ValidationScope scope) => new()
    {
        ["entity"] = Ordered(scope.Detectors.Catalog.EntityNames),
        ["class"] = Ordered(scope.Detectors.Classes),
        ["detector"] = Ordered(scope.Detectors.Catalog.Detectors.Select(d => d.Id)),
        ["secret"] = Ordered(scope.Detectors.Secrets.Select(d => d.Id)),
        ["classifier"] = Ordered(scope.Classifiers.Names),
    };

    private static string[] Ordered(IEnumerable<string> names) => [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
