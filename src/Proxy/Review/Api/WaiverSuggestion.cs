using System.Globalization;
using System.Text;
using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Review;

/// <summary>The waiver that a false positive may need, ready to be completed: the log has no values, so the author adds the harmless one.</summary>
internal static class WaiverSuggestion
{
    private static readonly TimeSpan Lasts = TimeSpan.FromDays(90);

    /// <summary>Stands in both documents for what only a person, or the opened evidence, can tell.</summary>
    public const string HarmlessValue = "THE-HARMLESS-VALUE";

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
        yaml.Append("values: [\"THE-HARMLESS-VALUE\"]   # without this line every match of the rule passes\n");
        if (record.Tenant.Length > 0)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"applies-to: {{ tenants: [{Quoted(record.Tenant)}] }}\n");
        }

        return yaml.ToString();
    }

    /// <summary>A test of the policy that keeps the harmless value passing; empty when there is no rule to test.</summary>
    public static string TestFor(BlockRecord record)
    {
        if (record.Rules.Count == 0 || record.Policy.Name.Length == 0)
        {
            return "";
        }

        var yaml = new StringBuilder();
        yaml.Append(CultureInfo.InvariantCulture, $"tests-of: {record.Policy.Name}\n");
        yaml.Append(CultureInfo.InvariantCulture, $"context: {{ region: {Quoted(record.Region)}, tenant: {Quoted(record.Tenant)} }}\n");
        yaml.Append("tests:\n");
        yaml.Append(CultureInfo.InvariantCulture, $"  - name: {Quoted(record.Rules[0] + " lets the harmless value pass")}\n");
        yaml.Append(CultureInfo.InvariantCulture, $"    {RecordTerms.NameOf(record.Direction)}: \"a text with {HarmlessValue}\"\n");
        yaml.Append("    expect: { action: log }\n");
        return yaml.ToString();
    }

    // Names come from policies and configuration, and end in YAML again.
    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Plain(string text) =>
        string.Concat(text.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-') is { Length: > 0 } name ? name : "rule";
}
