using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>The JSON Schema of a record, made from the record's own type so that it can't fall behind it.</summary>
internal static class RecordSchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    public static string Text()
    {
        var schema = RecordJsonContext.Default.BlockRecord.Options
            .GetJsonSchemaAsNode(typeof(BlockRecord), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true }).AsObject();
        var named = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "EdgeFilter block record, version 1",
        };
        foreach (var (name, value) in schema.ToArray())
        {
            schema.Remove(name);
            named[name] = value;
        }

        return named.ToJsonString(Indented) + "\n";
    }
}
