using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>log stats</c>: how many records, and of what.</summary>
internal static class LogStatsCommand
{
    private static readonly TermField[] Fields =
    [
        TermField.Action, TermField.Severity, TermField.Direction, TermField.Rule, TermField.Entity, TermField.Tenant, TermField.Region,
        TermField.Model, TermField.Policy,
    ];

    public static Command Create()
    {
        var options = new LogOptions();
        var top = new Option<int>("--top") { Description = "Lines for each field.", DefaultValueFactory = _ => 8 };
        var command = new Command("stats", "Count records by action, rule, entity, tenant and more.") { options.Log, top, options.Json };
        options.AddFiltersTo(command);
        command.SetAction(parsed => LogAccess.Run(parsed, options, reader =>
        {
            var query = options.ReadQuery(parsed);
            var summary = reader.Summary();
            var lines = Math.Clamp(parsed.GetValue(top), 1, 1000);
            var counts = Fields.Select(field => (Field: field, Counts: reader.Count(query, field, lines))).ToArray();
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(options.Json))
            {
                output.WriteLine(ToJson(summary, counts));
            }
            else
            {
                Show(summary, counts, output);
            }

            return 0;
        }));
        return command;
    }

    private static void Show(LogSummary summary, (TermField Field, IReadOnlyList<TermCount> Counts)[] counts, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{summary.Records:N0} records, {summary.Bytes / 1048576.0:N1} MiB"));
        if (summary.Records > 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"from {summary.Oldest:yyyy-MM-dd HH:mm} to {summary.Newest:yyyy-MM-dd HH:mm} UTC"));
        }

        foreach (var (field, texts) in counts.Where(entry => entry.Counts.Count > 0))
        {
            output.WriteLine();
            output.WriteLine(field.ToString().ToUpperInvariant());
            foreach (var count in texts)
            {
                var text = count.Text.Length <= 60 ? count.Text : count.Text[..59] + "…";
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {text,-60} {count.Count,14:N0}"));
            }
        }
    }

    private static string ToJson(LogSummary summary, (TermField Field, IReadOnlyList<TermCount> Counts)[] counts)
    {
        var fields = new JsonObject();
        foreach (var (field, texts) in counts)
        {
            var values = new JsonObject();
            foreach (var count in texts)
            {
                values[count.Text] = count.Count;
            }

            fields[RecordTerms.NameOf(field)] = values;
        }

        return new JsonObject
        {
            ["records"] = summary.Records,
            ["bytes"] = summary.Bytes,
            ["oldest"] = summary.Oldest,
            ["newest"] = summary.Newest,
            ["counts"] = fields,
        }.ToJsonString(JsonSerializerOptions.Web);
    }
}
