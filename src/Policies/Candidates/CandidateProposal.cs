using EdgeFilter.Policies.Combining;

namespace EdgeFilter.Policies.Candidates;

/// <summary>Policies that somebody proposes to put in force, as files.</summary>
/// <param name="IsWhole">True when they are all the policies; false when they only replace those of the same name, or join them.</param>
/// <param name="Who">Who proposes them.</param>
/// <param name="At">When they were proposed.</param>
/// <param name="Files">Contents by name.</param>
public sealed record CandidateProposal(bool IsWhole, string Who, DateTimeOffset At, IReadOnlyDictionary<string, byte[]> Files)
{
    /// <summary>Larger proposals are refused.</summary>
    public const long LargestTotal = 64L << 20;

    internal bool IsSane => Who is not null && Files is { Count: > 0 } && Files.Count <= PolicyFolder.MostFiles && Files.All(f => f.Value is not null);

    /// <summary>All the files that would be in force.</summary>
    /// <param name="live">Those that are.</param>
    public IReadOnlyList<SourceFile> Over(IReadOnlyList<SourceFile> live) => IsWhole ? Sources : CandidateOverlay.Over(live, Sources);

    private IReadOnlyList<SourceFile> Sources => [.. Files.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => new SourceFile(f.Key, f.Value))];

    /// <summary>A folder is all the policies, a single file a change of some.</summary>
    /// <exception cref="IOException">The files can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The files may not be read.</exception>
    public static CandidateProposal From(string path, string who, DateTimeOffset now)
    {
        var sources = PolicyFolder.Read(path);
        if (sources.FirstOrDefault(s => s.Bytes is null) is { } unreadable)
        {
            throw new IOException($"'{unreadable.Path}' can't be read: {unreadable.Failure}");
        }

        if (sources.Count == 0)
        {
            throw new IOException($"'{path}' holds no policy.");
        }

        return new CandidateProposal(
            Directory.Exists(path), who, now, Lifecycle.FolderStamp.Within(path, sources).ToDictionary(s => s.Path, s => s.Bytes!.Value.ToArray(), StringComparer.Ordinal));
    }

    /// <summary>Carries files, and says nothing of them.</summary>
    public override string ToString() => $"{Files.Count} files of {Who}";
}
