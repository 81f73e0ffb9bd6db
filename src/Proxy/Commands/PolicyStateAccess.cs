using System.CommandLine;
using EdgeFilter.Policies.Candidates;
using EdgeFilter.Policies.Combining;
using EdgeFilter.Policies.Lifecycle;
using EdgeFilter.Policies.Validation;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Candidates;
using EdgeFilter.Proxy.Configuration;
using EdgeFilter.Proxy.Hosting;

namespace EdgeFilter.Proxy.Commands;

/// <summary>What the commands that change what is in force have in common: where a proxy keeps its policies, running or not.</summary>
internal sealed class PolicyStateAccess
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    public Option<FileInfo?> Config { get; } = new("--config") { Description = "The proxy's configuration. Default: what the proxy takes without one." };

    public Option<DirectoryInfo?> State { get; } = new("--state") { Description = "The folder of the policy state, when it is not where the configuration says." };

    public Option<string?> Folder { get; } = new("--policies") { Description = "The policy folder, when it is not where the configuration says." };

    public Option<double> Wait { get; } = new("--wait")
    {
        Description = "Seconds to wait for a running proxy to follow.", DefaultValueFactory = _ => 5,
    };

    /// <summary>Where things are; an exception of reading becomes a message and exit code 2.</summary>
    public static int Run(ParseResult parsed, Func<int> command)
    {
        try
        {
            return command();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or FormatException)
        {
            parsed.InvocationConfiguration.Error.WriteLine(e.Message);
            return PolicyAccess.BadUsage;
        }
    }

    public PolicyPlaces Places(ParseResult parsed)
    {
        var builder = new ConfigurationBuilder();
        if (parsed.GetValue(Config) is { } file)
        {
            if (!file.Exists)
            {
                throw new FileNotFoundException($"There is no configuration file at {file}.");
            }

            builder.AddJsonFile(file.FullName, optional: false);
        }

        var configuration = builder.AddEnvironmentVariables("EDGEFILTER_").Build();
        var options = configuration.GetSection(ProxyOptions.Section).Get<ProxyOptions>() ?? new ProxyOptions();
        var log = configuration.GetSection(BlockLogOptions.Section).Get<BlockLogOptions>() ?? new BlockLogOptions();
        var candidate = configuration.GetSection(CandidateOptions.Section).Get<CandidateOptions>() ?? new CandidateOptions();
        var folder = parsed.GetValue(Folder) ?? (parsed.GetValue(Config) is null ? ProductFolders.Find(options.Policies) : options.Policies);
        return new PolicyPlaces(folder, new PolicyHistory(parsed.GetValue(State)?.FullName ?? options.StateFolder(log.Path)), candidate.Policies);
    }

    /// <summary>Makes a choice, and waits a little for a running proxy to follow it.</summary>
    /// <returns>True when one did.</returns>
    public bool Choose(ParseResult parsed, PolicyPlaces places, string digest, PolicyOrigin origin)
    {
        places.History.Choose(new PolicyChoice(digest, origin, WhoAmI(), TimeProvider.System.GetUtcNow(), FolderStamp.Of(places.Folder)));
        var until = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(parsed.GetValue(Wait));
        while (places.History.Versions.Current != digest)
        {
            if (TimeProvider.System.GetUtcNow() > until || places.History.Choice?.Digest != digest)
            {
                return false;
            }

            Thread.Sleep(LookEvery);
        }

        return true;
    }

    public static string WhoAmI() => $"{Environment.UserName} (command)";

    /// <summary>A few characters of a digest are enough for people.</summary>
    public static string Short(string digest) => digest.Length > 12 ? digest[..12] : digest;
}

/// <summary>Where a proxy keeps its policies.</summary>
/// <param name="Folder">The policy folder or file.</param>
/// <param name="History">What was in force.</param>
/// <param name="ConfiguredCandidate">A candidate that the configuration names; empty without one.</param>
internal sealed record PolicyPlaces(string Folder, PolicyHistory History, string ConfiguredCandidate)
{
    public CandidateFile Proposal => CandidateFiles.Proposal(History.Folder);

    public CandidateReportFile Report => CandidateFiles.Report(History.Folder);

    /// <summary>The files in force: those that a proxy has kept, or else the folder's.</summary>
    public IReadOnlyList<SourceFile> Live() => History.Read(History.Versions.Current) is { Count: > 0 } kept ? kept : PolicyFolder.Read(Folder);

    /// <summary>The candidate, proposed or configured; null when there is none.</summary>
    public CandidateProposal? Candidate() =>
        Proposal.Read() ?? (ConfiguredCandidate.Length > 0 ? CandidateProposal.From(ConfiguredCandidate, "the configuration", TimeProvider.System.GetUtcNow()) : null);

    /// <summary>What a candidate would put in force, checked.</summary>
    public (IReadOnlyList<SourceFile> Sources, PolicyReading Reading) Check(CandidateProposal proposal, ValidationScope scope)
    {
        var sources = proposal.Over(Live());
        return (sources, new PolicySetReader(scope).Read(sources));
    }
}
