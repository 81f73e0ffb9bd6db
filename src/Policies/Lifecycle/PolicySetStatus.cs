using System.Collections.Immutable;
using EdgeFilter.Policies.Combining;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Lifecycle;

/// <summary>What is in force, for people and for readiness checks.</summary>
public sealed record PolicySetStatus
{
    /// <summary>Where the policies come from.</summary>
    public required string Folder { get; init; }

    /// <summary>Digest over all policies and waivers in force; empty before the first load.</summary>
    public string Digest { get; init; } = "";

    public DateTimeOffset? LoadedAt { get; init; }

    public ImmutableArray<PolicySummary> Policies { get; init; } = [];

    /// <summary>Names of the waivers in force.</summary>
    public ImmutableArray<WaiverSummary> Waivers { get; init; } = [];

    /// <summary>What brought it.</summary>
    public PolicyOrigin Origin { get; init; }

    /// <summary>True when the folder was unsound at the start and an earlier state runs instead.</summary>
    public bool IsLastGood => Origin == PolicyOrigin.LastGood;

    /// <summary>Why what is in force could not be kept for a restart or a rollback; empty when it was.</summary>
    public string HistoryFailure { get; init; } = "";

    /// <summary>When the folder was last found unsound; null when it is what is in force.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>Errors and warnings of the last attempt to load.</summary>
    public IReadOnlyList<PolicyProblem> Problems { get; init; } = [];

    /// <summary>True when something is in force.</summary>
    public bool IsLoaded => Digest.Length > 0;

    internal bool IsFromFolder => IsLoaded && Origin == PolicyOrigin.Folder;

    internal static PolicySetStatus NothingLoaded(string folder) => new() { Folder = folder };

    internal static PolicySetStatus Of(PolicySet set, string folder, IReadOnlyList<PolicyProblem> problems, DateTimeOffset now, PolicyOrigin origin) => new()
    {
        Folder = folder,
        Digest = set.Digest,
        LoadedAt = now,
        Policies = [.. set.Policies.Select(p => new PolicySummary(
            p.Name!.Value, p.Version!.Value, p.Digest, p.Title?.Value ?? "", p.Rules.Count, p.Shadow?.Value ?? false, p.At.File))],
        Waivers = [.. set.Waivers.Select(w => new WaiverSummary(w.Name!.Value, w.Owner!.Value, w.Expires!.Value))],
        Problems = problems,
        Origin = origin,
        FailedAt = origin == PolicyOrigin.LastGood ? now : null,
    };
}

/// <summary>A policy in force.</summary>
public sealed record PolicySummary(string Name, string Version, string Digest, string Title, int Rules, bool IsShadow, string File);

/// <summary>A waiver in force.</summary>
public sealed record WaiverSummary(string Name, string Owner, DateOnly Expires);
