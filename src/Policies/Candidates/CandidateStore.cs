using EdgeFilter.Policies.Combining;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Lifecycle;
using EdgeFilter.Policies.Selection;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Candidates;

/// <summary>
/// Holds the candidate that runs beside the policies in force: one that somebody proposed, or else the one that the configuration
/// names. Follows changes of either and of what is in force. Safe for concurrent use.
/// </summary>
public sealed class CandidateStore : IDisposable
{
    private readonly PolicyStore live;
    private readonly ValidationScope scope;
    private readonly CandidateFile file;
    private readonly string configured;
    private readonly Lock loading = new();
    private readonly List<FolderWatch> watches = [];
    private volatile Candidate? current;

    // What the candidate was put over, with the models that both ask: when either is exchanged, so is the candidate.
    private PolicySelector? over;
    private volatile CandidateStatus status = CandidateStatus.None;

    /// <param name="live">What is in force.</param>
    /// <param name="scope">The detectors and models that policies may name.</param>
    /// <param name="file">Where proposals are kept.</param>
    /// <param name="configured">A folder or file of the configuration; empty without one.</param>
    public CandidateStore(PolicyStore live, ValidationScope scope, CandidateFile file, string configured = "")
    {
        this.live = live;
        this.scope = scope;
        this.file = file;
        this.configured = configured;
        live.Changed += FollowLive;
    }

    /// <summary>Raised after every change of the candidate.</summary>
    public event Action<CandidateStatus>? Changed;

    /// <summary>The candidate that runs; null when none does.</summary>
    public Candidate? Current => current;

    public CandidateStatus Status => status;

    /// <summary>Reads the candidate again.</summary>
    public CandidateStatus Reload()
    {
        lock (loading)
        {
            var before = status;
            var (now, candidate) = Read();
            var beside = live.Status.IsLoaded ? live.Current : null;
            if (candidate is null || candidate.Digest != current?.Digest || beside != over)
            {
                (current, over) = (candidate, beside);
            }

            status = now;
            if (now with { At = before.At, Problems = before.Problems } != before || !now.Problems.SequenceEqual(before.Problems))
            {
                Changed?.Invoke(now);
            }

            return now;
        }
    }

    /// <summary>Begins to watch proposals and the configured candidate.</summary>
    public void Watch(TimeSpan? pollEvery = null)
    {
        var every = pollEvery ?? TimeSpan.FromSeconds(2);
        watches.Add(new FolderWatch(file.Path, every, file.Stamp, () => Reload()));
        if (configured.Length > 0)
        {
            watches.Add(new FolderWatch(configured, every, () => FolderStamp.Of(configured), () => Reload()));
        }

        Reload();
    }

    /// <summary>Proposes a candidate in place of any other.</summary>
    /// <exception cref="IOException">It can't be kept.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be kept.</exception>
    public CandidateStatus Propose(CandidateProposal proposal)
    {
        file.Write(proposal);
        return Reload();
    }

    /// <summary>Takes a proposal back. A candidate of the configuration runs on, or again.</summary>
    /// <returns>False when nobody proposed one.</returns>
    /// <exception cref="IOException">It can't be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be removed.</exception>
    public bool Drop()
    {
        var existed = file.Remove();
        Reload();
        return existed;
    }

    /// <summary>Puts the candidate in force, as a whole, and ends the proposal.</summary>
    /// <param name="digest">What is meant: another candidate may have come in between.</param>
    /// <param name="who">Who decides it.</param>
    /// <returns>What came of it; null when the candidate that runs is another one, or none runs.</returns>
    /// <exception cref="IOException">It can't be kept.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be kept.</exception>
    public PolicyChange? Promote(string digest, string who)
    {
        if (current is not { } candidate || candidate.Digest != digest)
        {
            return null;
        }

        var change = live.Promote(candidate.Selector.Set.Set, candidate.Sources, who);
        if (change.IsApplied)
        {
            file.Remove();
            Reload();
        }

        return change;
    }

    public void Dispose()
    {
        live.Changed -= FollowLive;
        foreach (var watch in watches)
        {
            watch.Dispose();
        }
    }

    private void FollowLive(PolicyChange change)
    {
        if (change.IsApplied && live.Current != over)
        {
            Reload();
        }
    }

    private (CandidateStatus Status, Candidate? Candidate) Read()
    {
        if (!live.Status.IsLoaded)
        {
            return (CandidateStatus.None, null);
        }

        CandidateProposal? proposal;
        try
        {
            proposal = file.Read() ?? (configured.Length > 0 ? CandidateProposal.From(configured, "", scope.Clock.GetUtcNow()) : null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (new CandidateStatus { State = CandidateState.Refused, Problems = [new(ProblemKinds.Unreadable, new(configured, 1, 1), $"the candidate can't be read: {e.Message}")] }, null);
        }

        return proposal is null ? (CandidateStatus.None, null) : Compile(proposal);
    }

    private (CandidateStatus Status, Candidate? Candidate) Compile(CandidateProposal proposal)
    {
        var sources = proposal.Over(live.Sources);
        var reading = new PolicySetReader(scope).Read(sources);
        var liveDigest = live.Status.Digest;
        var said = new CandidateStatus
        {
            State = CandidateState.Refused, LiveDigest = liveDigest, IsWhole = proposal.IsWhole, Who = proposal.Who, At = proposal.At,
            Problems = reading.Problems,
        };
        if (reading.Set is not { } set)
        {
            return (said, null);
        }

        said = said with { Digest = set.Digest };
        if (set.Digest == liveDigest)
        {
            return (said with { State = CandidateState.InForce }, null);
        }

        try
        {
            var selector = new PolicySelector(new CompiledSet(set, scope));
            selector.Warm(live.Current.RecentContexts);
            return (said with { State = CandidateState.Running }, new Candidate(selector, sources, liveDigest, scope.Clock.GetUtcNow()));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // As for the policies in force: a mistake of ours must not end the watching.
            return (said with { Problems = [new(SetProblems.NotCompiled, new("candidate", 1, 1), $"the candidate is sound but could not be compiled ({e.GetType().Name}); please report this.")] }, null);
        }
    }
}
