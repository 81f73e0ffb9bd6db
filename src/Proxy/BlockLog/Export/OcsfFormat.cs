using System.Text;
using System.Text.Json;
using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>OCSF 1.3 Detection Finding (class_uid 2004, https://schema.ocsf.io).</summary>
internal static class OcsfFormat
{
    private const int DetectionFinding = 2004;
    private const int Findings = 2;
    private const int Create = 1;

    public static string Line(StoredRecord stored)
    {
        var record = stored.Record;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("class_uid", DetectionFinding);
            json.WriteNumber("category_uid", Findings);
            json.WriteNumber("activity_id", Create);
            json.WriteNumber("type_uid", (DetectionFinding * 100) + Create);
            json.WriteNumber("time", record.Time.ToUnixTimeMilliseconds());
            json.WriteNumber("severity_id", SeverityOf(record.Severity));
            json.WriteString("severity", record.Severity.ToString());
            json.WriteNumber("action_id", ActionOf(record.Action));
            json.WriteString("action", RecordTerms.NameOf(record.Action));
            json.WriteString("message", record.Reason);
            WriteMetadata(json, stored);
            WriteFinding(json, record);
            WriteResources(json, record);
            WriteUnmapped(json, record);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteMetadata(Utf8JsonWriter json, StoredRecord stored)
    {
        json.WriteStartObject("metadata");
        json.WriteString("version", "1.3.0");
        json.WriteNumber("sequence", stored.Sequence);
        json.WriteString("tenant_uid", stored.Record.Tenant);
        json.WriteString("correlation_uid", stored.Record.RequestId);
        json.WriteStartObject("product");
        json.WriteString("name", "EdgeFilter");
        json.WriteString("vendor_name", "EdgeFilter");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteFinding(Utf8JsonWriter json, BlockRecord record)
    {
        json.WriteStartObject("finding_info");
        json.WriteString("uid", record.Id.ToString("D"));
        json.WriteString("title", record.Rules.Count > 0 ? record.Rules[0] : RecordTerms.NameOf(record.Action));
        json.WriteNumber("created_time", record.Time.ToUnixTimeMilliseconds());
        json.WriteStartArray("types");
        foreach (var entity in record.Entities)
        {
            json.WriteStringValue(entity.Entity);
        }

        json.WriteEndArray();
        json.WriteStartObject("analytic");
        json.WriteNumber("type_id", 1);
        json.WriteString("name", record.Policy.Name);
        json.WriteString("version", record.Policy.Version);
        json.WriteString("uid", record.Policy.Digest);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResources(Utf8JsonWriter json, BlockRecord record)
    {
        json.WriteStartArray("resources");
        json.WriteStartObject();
        json.WriteString("type", "ai_model");
        json.WriteString("name", record.Model);
        json.WriteString("region", record.Region);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteUnmapped(Utf8JsonWriter json, BlockRecord record)
    {
        json.WriteStartObject("unmapped");
        json.WriteString("direction", RecordTerms.NameOf(record.Direction));
        json.WriteString("client", record.Client);
        json.WriteString("protocol", record.Protocol);
        json.WriteString("route", record.Route);
        json.WriteString("cluster", record.Cluster);
        json.WriteNumber("status", record.Status);
        json.WriteStartArray("rules");
        foreach (var rule in record.Rules)
        {
            json.WriteStringValue(rule);
        }

        json.WriteEndArray();
        json.WriteStartArray("fingerprints");
        foreach (var fingerprint in record.Fingerprints)
        {
            json.WriteStringValue(fingerprint.Value);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static int SeverityOf(Severity severity) => (int)severity + 1;

    // 1 allowed, 2 denied, 4 modified; OCSF has no word for "sent elsewhere".
    private static int ActionOf(PolicyAction action) => action switch
    {
        PolicyAction.Allow or PolicyAction.Log => 1,
        PolicyAction.Block => 2,
        PolicyAction.Reroute => 99,
        _ => 4,
    };
}
