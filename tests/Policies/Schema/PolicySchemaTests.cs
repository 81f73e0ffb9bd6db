using System.Text.Json;
using EdgeFilter.Policies.Schema;
using EdgeFilter.Testing;

namespace EdgeFilter.Policies.Tests.Schema;

public sealed class PolicySchemaTests
{
    [Fact]
    public void Write_IsWhatTheRepositoryHolds()
    {
        Assert.Equal(PolicySchema.Write(), File.ReadAllText(Repository.PathOf("schema", "policy.schema.json")));
    }

    [Fact]
    public void Write_WithNames_OffersThemToEditors()
    {
        var schema = PolicySchema.Write(Some.Scope());
        Assert.Contains("\"CREDIT_CARD\"", schema, StringComparison.Ordinal);
        Assert.Contains("\"prompt-attack\"", schema, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_EveryReference_LeadsSomewhere()
    {
        using var schema = JsonDocument.Parse(PolicySchema.Write());
        var defined = schema.RootElement.GetProperty("$defs").EnumerateObject().Select(p => p.Name).ToHashSet();
        Assert.All(References(schema.RootElement), r => Assert.Contains(r["#/$defs/".Length..], defined));
    }

    [Fact]
    public void Write_EveryKey_IsDescribed()
    {
        using var schema = JsonDocument.Parse(PolicySchema.Write());
        foreach (var part in schema.RootElement.GetProperty("$defs").EnumerateObject())
        {
            Assert.False(part.Value.GetProperty("additionalProperties").GetBoolean(), part.Name);
            foreach (var key in part.Value.GetProperty("properties").EnumerateObject())
            {
                Assert.True(key.Value.GetProperty("description").GetString()!.Length > 5, $"{part.Name}.{key.Name}");
            }
        }
    }

    private static IEnumerable<string> References(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => p.NameEquals("$ref") ? [p.Value.GetString()!] : References(p.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(References),
        _ => [],
    };
}
