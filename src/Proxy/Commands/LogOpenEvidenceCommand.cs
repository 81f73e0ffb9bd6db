using System.CommandLine;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Review;

namespace EdgeFilter.Proxy.Commands;

/// <summary>
/// <c>log open-evidence</c>: opens what policies kept, with the security team's private key, as JSON Lines that <c>policy diff</c> and
/// <c>policy replay</c> read. Exit code 0 when something was opened, 1 when nothing was.
/// </summary>
internal static class LogOpenEvidenceCommand
{
    private const int Piece = 500;

    public static Command Create()
    {
        var options = new LogOptions();
        var key = new Option<string>("--key") { Description = "The private key, as 'keys evidence' made it.", HelpName = "FILE", Required = true };
        var export = new Option<string?>("--export")
        {
            Description = "Read an export (JSON lines, with --chain or without) instead of the log itself: for another machine than the proxy's.", HelpName = "FILE",
        };
        var audit = new Option<string?>("--audit")
        {
            Description = "The console's file, in which opening from the log itself is noted. Default: review.db beside the log.", HelpName = "FILE",
        };
        var command = new Command("open-evidence", "Open sealed evidence: content, as JSON Lines for 'policy diff' and 'policy replay'.")
        {
            key, export, options.Log, audit,
        };
        options.AddFiltersTo(command);
        command.SetAction(parsed => LogAccess.Guarded(parsed, () =>
        {
            using var opener = EvidenceOpener.Load(parsed.GetRequiredValue(key));
            if (parsed.GetValue(export) is { } file)
            {
                // An export has no index: of the filters, the id alone can be asked for.
                var id = parsed.GetValue(options.Id);
                return Write(parsed, opener, RecordLines.Read(file).Where(record => id is null || record.Id == id));
            }

            // Noted first: what can't be noted isn't opened.
            var log = parsed.GetValue(options.Log)!;
            using var reader = LogAccess.Open(log);
            Note(log, parsed.GetValue(audit), parsed.GetValue(options.Id));
            return Write(parsed, opener, Records(reader, options.ReadQuery(parsed)));
        }));
        return command;
    }

    private static void Note(string log, string? audit, Guid? id)
    {
        var path = audit ?? (LogAccess.IsPostgres(log)
            ? throw new InvalidDataException("Opening evidence is noted in the console's file: name it with --audit, or read an export with --export.")
            : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(log))!, "review.db"));
        using var database = new ReviewDatabase(path);
        new AuditTrail(database, TimeProvider.System).Record($"{Environment.UserName} (command line)", "evidence opened", id?.ToString("D") ?? "several records");
    }

    private static IEnumerable<BlockRecord> Records(IBlockLogReader reader, EventQuery query)
    {
        for (var after = 0L; ;)
        {
            var piece = reader.ReadAfter(query, after, Piece);
            foreach (var stored in piece)
            {
                yield return stored.Record;
            }

            if (piece.Count < Piece)
            {
                yield break;
            }

            after = piece[^1].Sequence;
        }
    }

    private static int Write(ParseResult parsed, EvidenceOpener opener, IEnumerable<BlockRecord> records)
    {
        int opened = 0, otherKey = 0, damaged = 0;
        foreach (var record in records)
        {
            foreach (var evidence in record.Evidence ?? [])
            {
                if (evidence.Key != opener.KeyId)
                {
                    otherKey++;
                }
                else if (opener.TryOpen(evidence, record.RequestId) is { } text)
                {
                    parsed.InvocationConfiguration.Output.WriteLine(EvidenceCorpus.Line(record, evidence, text));
                    opened++;
                }
                else
                {
                    damaged++;
                }
            }
        }

        if (otherKey + damaged > 0)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"{otherKey} texts are sealed to another key, {damaged} were altered and can't be opened.");
        }

        return opened > 0 && damaged == 0 ? 0 : 1;
    }
}
