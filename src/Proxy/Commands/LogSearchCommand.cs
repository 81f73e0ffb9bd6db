using System.CommandLine;
using System.Globalization;
using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>log search</c>: the newest records that fit. Exit code 0 when there are any, 1 when there are none.</summary>
internal static class LogSearchCommand
{
    public static Command Create()
    {
        var options = new LogOptions();
        var limit = new Option<int>("--limit") { Description = "Records to show, 1 to 1000.", DefaultValueFactory = _ => 20 };
        limit.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var count) || count is < 1 or > 1000))
            {
                result.AddError("--limit takes a number from 1 to 1000.");
            }
        });
        var command = new Command("search", "Show the newest records that fit, newest first.") { options.Log, limit, options.Json };
        options.AddFiltersTo(command);
        command.SetAction(parsed => LogAccess.Run(parsed, options, reader =>
        {
            var page = reader.Search(options.ReadQuery(parsed), before: null, parsed.GetValue(limit));
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(options.Json))
            {
                foreach (var stored in page.Records)
                {
                    output.WriteLine(RecordFormatter.Line(stored, RecordFormat.Jsonl));
                }
            }
            else
            {
                Show(page, output);
            }

            return page.Records.Count > 0 ? 0 : 1;
        }));
        return command;
    }

    // 80 columns: time 19, action 12, where 6, rule 22, entities the rest.
    private static void Show(EventPage page, TextWriter output)
    {
        if (page.Records.Count == 0)
        {
            output.WriteLine("No record fits.");
            return;
        }

        output.WriteLine("TIME (UTC)          ACTION       IN     RULE                   ENTITIES");
        foreach (var stored in page.Records)
        {
            var record = stored.Record;
            var entities = string.Join(' ', record.Entities.Select(entity => $"{entity.Entity}×{entity.Count}"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{record.Time:yyyy-MM-dd HH:mm:ss} {RecordTerms.NameOf(record.Action),-12} {RecordTerms.NameOf(record.Direction),-6} " +
                $"{Fit(record.Rules.Count > 0 ? record.Rules[0] : "-", 22),-22} {Fit(entities, 17)}").TrimEnd());
            output.WriteLine($"  {Fit($"{record.Id:D} {record.Tenant} {record.Model} {record.Policy.Name}@{record.Policy.Version}", 78)}");
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{page.Records.Count} of {page.Total:N0} records."));
    }

    private static string Fit(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";
}
