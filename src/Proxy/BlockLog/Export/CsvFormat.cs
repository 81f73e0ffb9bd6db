using System.Globalization;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Comma-separated values (RFC 4180), safe to open in a spreadsheet.</summary>
internal static class CsvFormat
{
    public const string Header =
        "sequence,time,id,action,direction,severity,tenant,region,client,policy,version,rules,entities,reason," +
        "protocol,route,provider,model,cluster,status,request_id,filter_us,hold_back_us,upstream_ms";

    public static string Line(StoredRecord stored)
    {
        var record = stored.Record;
        return string.Join(',',
            Number(stored.Sequence),
            record.Time.ToString("O", CultureInfo.InvariantCulture),
            record.Id.ToString("D"),
            RecordTerms.NameOf(record.Action),
            RecordTerms.NameOf(record.Direction),
            RecordTerms.NameOf(record.Severity),
            Quoted(record.Tenant),
            Quoted(record.Region),
            Quoted(record.Client),
            Quoted(record.Policy.Name),
            Quoted(record.Policy.Version),
            Quoted(string.Join(' ', record.Rules)),
            Quoted(string.Join(' ', record.Entities.Select(entity => $"{entity.Entity}:{entity.Count}"))),
            Quoted(record.Reason),
            Quoted(record.Protocol),
            Quoted(record.Route),
            Quoted(record.Provider),
            Quoted(record.Model),
            Quoted(record.Cluster),
            Number(record.Status),
            Quoted(record.RequestId),
            Number(record.Timings.FilterMicroseconds),
            Number(record.Timings.HoldBackMicroseconds),
            Number(record.Timings.UpstreamMilliseconds));
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    // A cell that begins like a formula is run by spreadsheets; an apostrophe makes it text (OWASP, CSV injection).
    private static string Quoted(string text)
    {
        var safe = text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n'") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
