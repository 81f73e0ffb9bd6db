using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Candidates;
using EdgeFilter.Proxy.Candidates;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>policy candidate report</c>: what the candidate would have done differently on live traffic. Exit code 1 when something.</summary>
internal static class PolicyCandidateReportCommand
{
    private const int MostShown = 20;

    public static Command Create()
    {
        var state = new PolicyStateAccess();
        var json = new Option<bool>("--json") { Description = "Machine-readable output, with the newest differences one by one." };
        var command = new Command("report", "Show what the candidate would have done differently on live traffic.") { state.Config, state.State, json };
        command.SetAction(parsed => PolicyStateAccess.Run(parsed, () =>
        {
            var console = parsed.InvocationConfiguration;
            if (state.Places(parsed).Report.Read() is not { } report)
            {
                console.Error.WriteLine("There is no report yet: a running proxy writes one once a candidate has judged traffic.");
                return PolicyAccess.BadUsage;
            }

            if (parsed.GetValue(json))
            {
                console.Output.WriteLine(JsonSerializer.Serialize(report, CandidateReportFile.Json));
            }
            else
            {
                Show(report, console.Output);
            }

            return report.Different > 0 ? PolicyAccess.Finding : PolicyAccess.Fine;
        }));
        return command;
    }

    private static void Show(CandidateReportView report, TextWriter output)
    {
        output.WriteLine(PolicyAccess.Wrap(string.Create(
            CultureInfo.InvariantCulture,
            $"Candidate {PolicyStateAccess.Short(report.Digest)} beside {PolicyStateAccess.Short(report.LiveDigest)} since {report.Since:yyyy-MM-dd HH:mm}: {report.Judged:N0} prompts and outputs judged, {report.Different:N0} differ ({report.Stricter:N0} stricter, {report.Looser:N0} looser).")));
        output.WriteLine(PolicyAccess.Wrap(string.Create(
            CultureInfo.InvariantCulture,
            $"Not judged: {report.Skipped:N0} beyond the budget, {report.TooLong:N0} too long, {report.Failed:N0} failed. It has used {report.Milliseconds / 1_000.0:0.0} s.")));
        foreach (var decision in report.Decisions)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{decision.Count,8:N0}  {Words.Of(decision.Direction),-6}  {Words.Of(decision.Live)} -> {Words.Of(decision.Candidate)}"));
        }

        foreach (var rule in report.Rules.Take(MostShown))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rule.Count,8:N0}  {Words.Of(rule.Direction),-6}  {PolicyAccess.Fit(rule.Rule, 46)}: {Of(rule.Live)} -> {Of(rule.Candidate)}"));
        }

        if (report.Rules.Count > MostShown)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"          and {report.Rules.Count - MostShown} more; --json shows all."));
        }
    }

    private static string Of(PolicyAction? action) => action is { } known ? Words.Of(known) : "no match";
}
