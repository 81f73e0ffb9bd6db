using System.Globalization;
using System.Text;
using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>ArcSight Common Event Format: <c>CEF:0|vendor|product|version|class|name|severity|extension</c>.</summary>
internal static class CefFormat
{
    private static readonly string Version = typeof(CefFormat).Assembly.GetName().Version?.ToString(3) ?? "0";

    public static string Line(StoredRecord stored)
    {
        var record = stored.Record;
        var rule = record.Rules.Count > 0 ? record.Rules[0] : "none";
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"CEF:0|EdgeFilter|EdgeFilter|{Version}|{InHeader(rule)}|");
        line.Append(CultureInfo.InvariantCulture, $"{InHeader(record.Reason.Length > 0 ? record.Reason : rule)}|{SeverityOf(record.Severity)}|");
        line.Append(CultureInfo.InvariantCulture, $"rt={record.Time.ToUnixTimeMilliseconds()} externalId={record.Id:D}");
        Add("act", RecordTerms.NameOf(record.Action));
        Add("deviceDirection", record.Direction == Direction.Prompt ? "1" : "0");
        Add("suser", record.Client);
        Add("app", record.Protocol);
        Add("request", record.Route);
        Add("outcome", record.Status.ToString(CultureInfo.InvariantCulture));
        Custom(1, "tenant", record.Tenant);
        Custom(2, "region", record.Region);
        Custom(3, "policy", $"{record.Policy.Name} {record.Policy.Version}".TrimEnd());
        Custom(4, "model", record.Model);
        Custom(5, "entities", string.Join(' ', record.Entities.Select(entity => $"{entity.Entity}:{entity.Count}")));
        Custom(6, "cluster", record.Cluster);
        line.Append(CultureInfo.InvariantCulture, $" cn1Label=sequence cn1={stored.Sequence}");
        return line.ToString();

        void Add(string key, string value)
        {
            if (value.Length > 0)
            {
                line.Append(' ').Append(key).Append('=').Append(InExtension(value));
            }
        }

        void Custom(int number, string label, string value)
        {
            if (value.Length > 0)
            {
                line.Append(CultureInfo.InvariantCulture, $" cs{number}Label={label} cs{number}={InExtension(value)}");
            }
        }
    }

    private static int SeverityOf(Severity severity) => severity switch
    {
        Severity.Info => 1,
        Severity.Low => 3,
        Severity.Medium => 5,
        Severity.High => 8,
        _ => 10,
    };

    private static string InHeader(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);

    private static string InExtension(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("=", "\\=", StringComparison.Ordinal);
}
