using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>log verify</c>: exit code 0 when the chain holds, 1 when it doesn't, 2 when it can't be read.</summary>
internal static class LogVerifyCommand
{
    public static Command Create()
    {
        var options = new LogOptions();
        var export = new Option<string?>("--export") { Description = "Verify this export instead of the log.", HelpName = "FILE" };
        var key = new Option<string[]>("--key") { Description = "Public key of the log, PEM. Repeat after a rotation.", HelpName = "FILE" };
        var command = new Command("verify", "Find the first record that was altered, removed or moved.") { options.Log, export, key, options.Json };
        command.SetAction((parsed, stop) => Task.FromResult(LogAccess.Guarded(parsed, () =>
        {
            var log = parsed.GetValue(options.Log)!;
            using var keys = LoadKeys(parsed.GetValue(key) ?? [], log);
            using IChainSource source = parsed.GetValue(export) is { } path ? new ChainExportSource(path) : LogAccess.OpenChain(log);
            var report = new ChainVerifier(source, keys).Verify(Progress(), stop);
            var output = parsed.InvocationConfiguration.Output;
            output.WriteLine(parsed.GetValue(options.Json) ? ToJson(report) : Sentence(report));
            return report.IsIntact ? 0 : 1;
        })));
        return command;
    }

    internal static string Sentence(ChainReport report) => report.Problem switch
    {
        ChainProblem.None when report.Checked == 0 => "The log is empty; nothing to verify.",
        ChainProblem.None => Intact(report),
        ChainProblem.Altered => FormattableString.Invariant(
            $"ALTERED: record {report.Sequence} is not what was written. {report.Checked:N0} records before it hold."),
        ChainProblem.Removed => FormattableString.Invariant(
            $"REMOVED: record {report.Sequence} is missing. {report.Checked:N0} records before it hold."),
        ChainProblem.CheckpointForged => FormattableString.Invariant(
            $"FORGED: the signature over record {report.Sequence} does not hold."),
        ChainProblem.CheckpointKeyUnknown => FormattableString.Invariant(
            $"The signature over record {report.Sequence} was made with a key that is not at hand: pass its public half with --key."),
        _ => FormattableString.Invariant(
            $"NEVER SIGNED: {report.Checked:N0} records hold together, but no signature covers any of them."),
    };

    private static string Intact(ChainReport report)
    {
        var erased = report.Erased > 0 ? FormattableString.Invariant($" {report.Erased:N0} were erased on purpose.") : "";
        var unsigned = report.LastSequence > report.SignedUpTo
            ? FormattableString.Invariant($" The last {report.LastSequence - Math.Max(report.SignedUpTo, report.FirstSequence - 1):N0} await their signature.")
            : "";
        return FormattableString.Invariant(
            $"Intact: records {report.FirstSequence} to {report.LastSequence}, {report.Checkpoints:N0} signatures.{erased}{unsigned}");
    }

    private static CheckpointKeys LoadKeys(string[] files, string log)
    {
        if (files.Length == 0)
        {
            return CheckpointKeys.FromFolder(new BlockLogOptions { Path = log }.EffectiveKeyFolder);
        }

        var keys = new CheckpointKeys();
        foreach (var file in files)
        {
            keys.AddFile(file);
        }

        return keys;
    }

    private static Progress<long>? Progress() => Console.IsErrorRedirected
        ? null
        : new Progress<long>(count => Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{count:N0} records\r")));

    private static string ToJson(ChainReport report) => new JsonObject
    {
        ["intact"] = report.IsIntact,
        ["problem"] = RecordTerms.NameOf(report.Problem),
        ["sequence"] = report.Sequence,
        ["checked"] = report.Checked,
        ["first"] = report.FirstSequence,
        ["last"] = report.LastSequence,
        ["erased"] = report.Erased,
        ["signatures"] = report.Checkpoints,
        ["signedUpTo"] = report.SignedUpTo,
    }.ToJsonString(JsonSerializerOptions.Web);
}
