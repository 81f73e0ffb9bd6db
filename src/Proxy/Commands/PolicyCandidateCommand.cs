using System.CommandLine;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>policy candidate</c>: policies that run beside those in force on live traffic, and change nothing until promoted.</summary>
internal static class PolicyCandidateCommand
{
    public static Command Create() => new("candidate", "Run policies beside those in force on live traffic, and see what they would change.")
    {
        Set(),
        Status(),
        PolicyCandidateReportCommand.Create(),
        Promote(),
        Drop(),
    };

    private static Command Set()
    {
        var (access, state) = (new PolicyAccess(), new PolicyStateAccess());
        var path = new Argument<string>("path") { Description = "A folder: all policies. A file: changes those of the same name, or adds." };
        var command = new Command("set", "Propose a candidate. A running proxy begins to judge sampled traffic by it.") { path, state.Config, state.State, state.Folder, access.Models };
        command.SetAction(parsed => PolicyStateAccess.Run(parsed, () =>
        {
            var (places, console) = (state.Places(parsed), parsed.InvocationConfiguration);
            if (access.OpenScope(parsed) is not { } scope)
            {
                return PolicyAccess.BadUsage;
            }

            var proposal = EdgeFilter.Policies.Candidates.CandidateProposal.From(
                parsed.GetRequiredValue(path), PolicyStateAccess.WhoAmI(), TimeProvider.System.GetUtcNow());
            var (_, reading) = places.Check(proposal, scope);
            PolicyAccess.Show(reading.Problems, console.Error);
            if (reading.Set is not { } set)
            {
                return PolicyAccess.Finding;
            }

            places.Proposal.Write(proposal);
            console.Output.WriteLine($"Candidate {PolicyStateAccess.Short(set.Digest)} is proposed: {(proposal.IsWhole ? "all policies" : "a change of those in force")}. 'policy candidate report' shows what it would change.");
            return PolicyAccess.Fine;
        }));
        return command;
    }

    private static Command Status()
    {
        var (access, state) = (new PolicyAccess(), new PolicyStateAccess());
        var command = new Command("status", "Show whether there is a candidate, and whether it is sound.") { state.Config, state.State, state.Folder, access.Models, access.AsJson };
        command.SetAction(parsed => PolicyStateAccess.Run(parsed, () =>
        {
            var (places, console) = (state.Places(parsed), parsed.InvocationConfiguration);
            var proposal = places.Candidate();
            if (access.OpenScope(parsed) is not { } scope)
            {
                return PolicyAccess.BadUsage;
            }

            var live = places.History.Versions.Current;
            var reading = proposal is null ? null : places.Check(proposal, scope).Reading;
            if (parsed.GetValue(access.AsJson))
            {
                PolicyAccess.ShowJson(
                    new
                    {
                        live,
                        candidate = proposal is null ? null : new
                        {
                            digest = reading!.Set?.Digest, sound = reading.Set is not null, whole = proposal.IsWhole, who = proposal.Who, at = proposal.At,
                            problems = reading.Problems.Select(PolicyAccess.ToJson),
                        },
                    },
                    console.Output);
                return PolicyAccess.Fine;
            }

            console.Output.WriteLine(live.Length > 0 ? $"In force: {PolicyStateAccess.Short(live)}." : "No proxy has kept its policies here yet.");
            console.Output.WriteLine(proposal is null
                ? "There is no candidate."
                : $"Candidate: {(reading!.Set is { } set ? PolicyStateAccess.Short(set.Digest) : "unsound")}, {(proposal.IsWhole ? "all policies" : "a change of those in force")}, of {proposal.Who}, {proposal.At:yyyy-MM-dd HH:mm}.");
            PolicyAccess.Show(reading?.Problems ?? [], console.Output);
            return PolicyAccess.Fine;
        }));
        return command;
    }

    private static Command Promote()
    {
        var (access, state) = (new PolicyAccess(), new PolicyStateAccess());
        var digest = new Option<string?>("--digest") { Description = "Only when the candidate's digest begins so." };
        var command = new Command("promote", "Put the candidate in force, as a whole, at once.") { digest, state.Config, state.State, state.Folder, state.Wait, access.Models };
        command.SetAction(parsed => PolicyStateAccess.Run(parsed, () =>
        {
            var (places, console) = (state.Places(parsed), parsed.InvocationConfiguration);
            if (access.OpenScope(parsed) is not { } scope)
            {
                return PolicyAccess.BadUsage;
            }

            if (places.Candidate() is not { } proposal)
            {
                console.Error.WriteLine("There is no candidate.");
                return PolicyAccess.BadUsage;
            }

            var (sources, reading) = places.Check(proposal, scope);
            PolicyAccess.Show(reading.Problems, console.Error);
            if (reading.Set is not { } set)
            {
                return PolicyAccess.Finding;
            }

            if (parsed.GetValue(digest) is { } wanted && !set.Digest.StartsWith(wanted, StringComparison.OrdinalIgnoreCase))
            {
                console.Error.WriteLine($"The candidate is {PolicyStateAccess.Short(set.Digest)}, not '{wanted}'.");
                return PolicyAccess.Finding;
            }

            places.History.Keep(set, sources);
            var followed = state.Choose(parsed, places, set.Digest, EdgeFilter.Policies.Lifecycle.PolicyOrigin.Promotion);
            places.Proposal.Remove();
            console.Output.WriteLine(followed
                ? $"{PolicyStateAccess.Short(set.Digest)} is in force. The next change of the policy folder replaces it: bring the folder in line with 'policy rollback {PolicyStateAccess.Short(set.Digest)} --output FOLDER'."
                : $"{PolicyStateAccess.Short(set.Digest)} is chosen; no running proxy has followed. One that starts will.");
            return PolicyAccess.Fine;
        }));
        return command;
    }

    private static Command Drop()
    {
        var state = new PolicyStateAccess();
        var command = new Command("drop", "Take the candidate back.") { state.Config, state.State };
        command.SetAction(parsed => PolicyStateAccess.Run(parsed, () =>
        {
            var (places, console) = (state.Places(parsed), parsed.InvocationConfiguration);
            var existed = places.Proposal.Remove();
            console.Output.WriteLine(existed
                ? "The candidate is dropped."
                : places.ConfiguredCandidate.Length > 0 ? "The configuration names the candidate: take it out of Candidate:Policies." : "There is no candidate.");
            return existed ? PolicyAccess.Fine : PolicyAccess.Finding;
        }));
        return command;
    }
}
