using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>
/// Sends records to an OpenTelemetry collector as log records: OTLP over HTTP in its JSON form
/// (https://opentelemetry.io/docs/specs/otlp/), taken means a status from 200 to 299. From the log by its cursor, so that nothing is
/// lost while the collector is away: an SDK's exporter drops what it can't send.
/// </summary>
/// <param name="address">Of the collector; <c>/v1/logs</c> is added unless a path is given.</param>
/// <param name="authorization">Value of the <c>Authorization</c> header, null for none.</param>
internal sealed class OtlpLogsTarget(Uri address, string? authorization) : IShipTarget
{
    private readonly HttpPoster _poster = new(address.AbsolutePath.Length > 1 ? address : new Uri(address, "/v1/logs"), authorization);

    public Task<bool> TrySendAsync(IReadOnlyList<StoredRecord> records, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(Body(records));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return _poster.TryPostAsync(content, cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _poster.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>One request's body: every record with the same allow-list of fields as everywhere.</summary>
    internal static byte[] Body(IReadOnlyList<StoredRecord> records)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartArray("resourceLogs");
            json.WriteStartObject();
            json.WriteStartObject("resource");
            json.WriteStartArray("attributes");
            Attribute(json, "service.name", "edgefilter");
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteStartArray("scopeLogs");
            json.WriteStartObject();
            json.WriteStartObject("scope");
            json.WriteString("name", "edgefilter.block-log");
            json.WriteEndObject();
            json.WriteStartArray("logRecords");
            foreach (var stored in records)
            {
                Write(json, stored);
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter json, StoredRecord stored)
    {
        var record = stored.Record;
        json.WriteStartObject();
        json.WriteString("timeUnixNano", Nanoseconds(record.Time));
        json.WriteString("observedTimeUnixNano", Nanoseconds(record.Time));
        json.WriteNumber("severityNumber", SeverityOf(record.Severity));
        json.WriteString("severityText", RecordTerms.NameOf(record.Severity));
        json.WriteString("eventName", "edgefilter.decision");
        json.WriteStartObject("body");
        json.WriteString("stringValue", $"{RecordTerms.NameOf(record.Action)} {RecordTerms.NameOf(record.Direction)}: {(record.Reason.Length > 0 ? record.Reason : record.Rules.FirstOrDefault(""))}");
        json.WriteEndObject();
        json.WriteStartArray("attributes");
        Attribute(json, "edgefilter.record.id", record.Id.ToString("D"));
        Attribute(json, "edgefilter.record.sequence", stored.Sequence);
        Attribute(json, "edgefilter.action", RecordTerms.NameOf(record.Action));
        Attribute(json, "edgefilter.direction", RecordTerms.NameOf(record.Direction));
        Attribute(json, "edgefilter.rules", string.Join(' ', record.Rules));
        Attribute(json, "edgefilter.policy", record.Policy.Name);
        Attribute(json, "edgefilter.policy.version", record.Policy.Version);
        Attribute(json, "edgefilter.entities", string.Join(' ', record.Entities.Select(entity => $"{entity.Entity}:{entity.Count}")));
        Attribute(json, "edgefilter.tenant", record.Tenant);
        Attribute(json, "edgefilter.region", record.Region);
        Attribute(json, "edgefilter.client", record.Client);
        Attribute(json, "edgefilter.protocol", record.Protocol);
        Attribute(json, "edgefilter.model", record.Model);
        Attribute(json, "edgefilter.cluster", record.Cluster);
        Attribute(json, "edgefilter.request.id", record.RequestId);
        Attribute(json, "http.route", record.Route);
        Attribute(json, "http.response.status_code", record.Status);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Attribute(Utf8JsonWriter json, string key, string value)
    {
        if (value.Length > 0)
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteStartObject("value");
            json.WriteString("stringValue", value);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    // 64-bit integers are strings in protobuf's JSON form.
    private static void Attribute(Utf8JsonWriter json, string key, long value)
    {
        json.WriteStartObject();
        json.WriteString("key", key);
        json.WriteStartObject("value");
        json.WriteString("intValue", value.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Nanoseconds(DateTimeOffset time) =>
        ((time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * 100).ToString(CultureInfo.InvariantCulture);

    // The data model's scale: INFO 9, WARN 13, ERROR 17, FATAL 21.
    private static int SeverityOf(Severity severity) => severity switch
    {
        Severity.Info => 9,
        Severity.Low => 10,
        Severity.Medium => 13,
        Severity.High => 17,
        _ => 21,
    };
}
