using System.CommandLine;
using System.Globalization;
using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>log erase</c>: removes records that somebody has a right to have removed; the chain still holds afterwards.</summary>
internal static class LogEraseCommand
{
    private const int Piece = 1000;

    public static Command Create()
    {
        var options = new LogOptions();
        var yes = new Option<bool>("--yes") { Description = "Erase. Without it, the command only says what it would erase." };
        var command = new Command("erase", "Erase the records that fit; their place in the chain stays.") { options.Log, yes };
        options.AddFiltersTo(command);
        command.Validators.Add(result =>
        {
            if (!command.Options.Any(option => option != options.Log && option != yes && result.GetResult(option) is { Implicit: false }))
            {
                result.AddError("Say which records: 'log erase' needs at least one filter.");
            }
        });
        command.SetAction(parsed => LogAccess.Guarded(parsed, () =>
        {
            var log = parsed.GetValue(options.Log)!;
            var output = parsed.InvocationConfiguration.Output;
            var sequences = Find(log, options.ReadQuery(parsed));
            if (!parsed.GetValue(yes))
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sequences.Count:N0} records would be erased. Add --yes to erase them."));
                return sequences.Count > 0 ? 0 : 1;
            }

            using var store = LogAccess.OpenStore(log);
            store.Open();
            var erased = store.Erase(sequences);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{erased:N0} records erased."));
            return erased > 0 ? 0 : 1;
        }));
        return command;
    }

    private static List<long> Find(string log, EventQuery query)
    {
        using var reader = LogAccess.Open(log);
        var sequences = new List<long>();
        while (reader.ReadAfter(query, sequences.Count > 0 ? sequences[^1] : 0, Piece) is { Count: > 0 } piece)
        {
            sequences.AddRange(piece.Select(stored => stored.Sequence));
        }

        return sequences;
    }
}
