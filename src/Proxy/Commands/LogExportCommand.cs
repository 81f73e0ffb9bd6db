using System.CommandLine;
using System.Globalization;
using System.Text;
using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>log export</c>: records for other programs, oldest first.</summary>
internal static class LogExportCommand
{
    private const int Piece = 1000;

    public static Command Create()
    {
        var options = new LogOptions();
        var format = new Option<RecordFormat>("--format")
        {
            Description = "jsonl, csv, cef or ocsf.", HelpName = "FORMAT", DefaultValueFactory = _ => RecordFormat.Jsonl,
        };
        var file = new Option<string?>("--output") { Description = "File to write; standard output without it.", HelpName = "FILE" };
        var after = new Option<long>("--after") { Description = "Only records behind this number, to go on where an export ended." };
        var chain = new Option<bool>("--chain")
        {
            Description = "The whole log with links and signatures, for 'log verify --export FILE' elsewhere.",
        };
        var command = new Command("export", "Write records as JSON lines, CSV, CEF or OCSF, oldest first.")
        {
            options.Log, format, file, after, chain,
        };
        options.AddFiltersTo(command);
        command.SetAction((parsed, stop) => Task.FromResult(LogAccess.Guarded(parsed, () =>
        {
            using var target = parsed.GetValue(file) is { } path ? new StreamWriter(path, append: false, new UTF8Encoding(false)) : null;
            var output = target ?? parsed.InvocationConfiguration.Output;
            var count = 0L;
            if (parsed.GetValue(chain))
            {
                using var source = LogAccess.OpenChain(parsed.GetValue(options.Log)!);
                count = ChainExport.Write(source, output, stop);
            }
            else
            {
                using var reader = LogAccess.Open(parsed.GetValue(options.Log)!);
                count = Write(reader, options.ReadQuery(parsed), parsed.GetValue(format), parsed.GetValue(after), output, stop);
            }

            output.Flush();
            if (target is not null)
            {
                parsed.InvocationConfiguration.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count:N0} records written."));
            }

            return 0;
        })));
        return command;
    }

    private static long Write(
        IBlockLogReader reader, EventQuery query, RecordFormat format, long after, TextWriter output, CancellationToken stop)
    {
        if (RecordFormatter.Header(format) is { } header)
        {
            output.Write(header + "\n");
        }

        var count = 0L;
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            var piece = reader.ReadAfter(query, after, Piece);
            foreach (var stored in piece)
            {
                output.Write(RecordFormatter.Line(stored, format) + "\n");
                after = stored.Sequence;
            }

            count += piece.Count;
            if (piece.Count < Piece)
            {
                return count;
            }
        }
    }
}
