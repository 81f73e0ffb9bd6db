using System.Text;
using System.Text.Json;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Opened evidence as a corpus for <c>policy diff</c> and <c>policy replay</c>: one text a line, with who sent it and what was done.</summary>
internal static class EvidenceCorpus
{
    public static string Line(BlockRecord record, SealedEvidence evidence, OpenedEvidence opened)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id", record.Id.ToString("D"));
            json.WriteString("text", opened.Text);
            json.WriteString("in", RecordTerms.NameOf(record.Direction));
            json.WriteString("role", RecordTerms.NameOf(evidence.Role));
            json.WriteString("region", record.Region);
            json.WriteString("tenant", record.Tenant);
            json.WriteStartArray("groups");
            foreach (var group in record.Groups)
            {
                json.WriteStringValue(group);
            }

            json.WriteEndArray();
            json.WriteString("route", record.Provider.Length > 0 ? "/" + record.Provider : "");
            json.WriteString("model", record.Model);
            json.WriteString("protocol", record.Protocol);
            if (Decided(record, evidence))
            {
                json.WriteString("action", RecordTerms.NameOf(record.Action));
            }

            json.WriteString("path", evidence.Path);
            json.WriteNumber("start", opened.Start);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    // A record says what was done to the whole message. That is what was done to this text if the deciding rule, named first, found something
    // in it; a text that another rule kept may have been treated more mildly, and a replay must not call that a difference.
    private static bool Decided(BlockRecord record, SealedEvidence evidence) =>
        record.Rules.Count == 1 || record.Findings.Any(finding => finding.Path == evidence.Path && record.Rules is [var first, ..] && finding.Rule == first);
}
