using System.Globalization;
using System.Text;
using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Review;

/// <summary>The waiver that a false positive may need, ready to be completed: the log has no values, so the author adds the harmless one.</summary>
internal static class WaiverSuggestion
{
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(90);

    public static string For(BlockRecord record)
    {
        if (record.Rules.Count == 0 || record.Policy.Name.Length == 0)
        {
            return "";
        }

        var yaml = new StringBuilder();
        var rule = record.Rules[0].Contains('/', StringComparison.Ordinal) ? record.Rules[0] : $"{record.Policy.Name}/{record.Rules[0]}";
        yaml.Append(CultureInfo.InvariantCulture, $"waiver: {Plain(record.Rules[0])}-{record.Id.ToString("N")[^6..]}\n");
        yaml.Append("owner: \"who answers for it\"\n");
        yaml.Append(CultureInfo.InvariantCulture, $"reason: \"False positive, record {record.Id:D}\"\n");
        yaml.Append(CultureInfo.InvariantCulture, $"expires: {record.Time + Lasts:yyyy-MM-dd}\n");
        yaml.Append(CultureInfo.InvariantCulture, $"rules: [{Quoted(rule)}]\n");
        yaml.Append("values: [\"the harmless value; leave this line out and every match of the rule passes\"]\n");
        if (record.Tenant.Length > 0)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"applies-to: {{ tenants: [{Quoted(record.Tenant)}] }}\n");
        }

        return yaml.ToString();
    }

    // Names come from policies and configuration, and end in YAML again.
    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Plain(string text) =>
        string.Concat(text.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-') is { Length: > 0 } name ? name : "rule";
}
