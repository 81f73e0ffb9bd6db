namespace EdgeFilter.Policies.Lifecycle;

/// <summary>A set of policies that was in force.</summary>
/// <param name="Digest">Of the set; names its archive too.</param>
/// <param name="AppliedAt">When it last came into force by going forward: by the folder or as a promoted candidate.</param>
/// <param name="Origin">What brought it.</param>
/// <param name="Policies">Names with versions, in order.</param>
public sealed record PolicyVersion(string Digest, DateTimeOffset AppliedAt, PolicyOrigin Origin, IReadOnlyList<string> Policies);

/// <summary>What a set of policies came into force by.</summary>
public enum PolicyOrigin
{
    /// <summary>The files of the policy folder.</summary>
    Folder,

    /// <summary>A candidate that somebody promoted.</summary>
    Promotion,

    /// <summary>An earlier version that somebody went back to.</summary>
    Rollback,

    /// <summary>The folder was unsound at the start: what was last in force protects on.</summary>
    LastGood,
}
