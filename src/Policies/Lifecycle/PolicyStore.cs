using EdgeFilter.Detection;
using EdgeFilter.Detection.Classifiers;
using EdgeFilter.Policies.Combining;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Selection;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Lifecycle;

/// <summary>
/// Holds the policies in force. A change of the folder applies as a whole or not at all: what is wrong is reported, and the last
/// good policies stay. Safe for concurrent use.
/// </summary>
public sealed class PolicyStore : IDisposable
{
    private readonly string folder;
    private readonly ValidationScope scope;
    private readonly PolicySetReader reader;
    private readonly PolicyHistory? history;
    private readonly Lock loading = new();
    private FolderWatch? watch;
    private FolderWatch? choiceWatch;
    private volatile PolicySelector? current;
    private volatile PolicySetStatus status;

    // At the start a choice that can't be kept gives way to the folder; whoever made it is told.
    private IReadOnlyList<PolicyProblem> failedChoice = [];

    /// <param name="folder">The folder of policies, or a single file.</param>
    /// <param name="scope">The detectors and models that policies may name.</param>
    /// <param name="history">Where the policies that were in force are kept over a restart; null: nowhere.</param>
    public PolicyStore(string folder, ValidationScope scope, PolicyHistory? history = null)
    {
        this.folder = folder;
        this.scope = scope;
        this.history = history;
        reader = new PolicySetReader(scope);
        status = PolicySetStatus.NothingLoaded(folder);
    }

    /// <summary>Raised after every attempt to load, on the thread that loaded.</summary>
    public event Action<PolicyChange>? Changed;

    /// <summary>The policies in force. An exchange asks once and keeps what it gets.</summary>
    /// <exception cref="InvalidOperationException">Nothing was loaded yet.</exception>
    public PolicySelector Current => current ?? throw new InvalidOperationException("No policy is loaded.");

    /// <summary>What is in force, and what is wrong with the folder.</summary>
    public PolicySetStatus Status => status;

    /// <summary>The files of what is in force, by their names within the folder; empty before anything is.</summary>
    public IReadOnlyList<SourceFile> Sources { get; private set; } = [];

    /// <summary>Loads for the first time. Without sound policies nothing may run.</summary>
    /// <exception cref="PolicyLoadException">The folder has errors and no earlier policies were kept.</exception>
    public void Load()
    {
        var change = Reload();
        if (current is not null)
        {
            return;
        }

        if (history?.Versions.Current is { Length: 64 } last && ReadKept(last, out var sources) is { } set)
        {
            Apply(set, sources, change.Problems, PolicyOrigin.LastGood);
            return;
        }

        throw new PolicyLoadException(folder, change.Problems);
    }

    /// <summary>Reads the folder again and applies it if it is sound; a version that somebody chose stands in for it until it changes.</summary>
    public PolicyChange Reload()
    {
        lock (loading)
        {
            var problems = TryReadFolder(out var sources);
            if (history?.Choice is { } choice)
            {
                var stamp = FolderStamp.Of(folder);
                if (choice.FolderStamp.Length == 0)
                {
                    choice = choice with { FolderStamp = stamp };
                    TryChoose(choice);
                }

                if (choice.FolderStamp == stamp && TryApplyChoice(choice) is { } chosen)
                {
                    return Report(chosen);
                }
            }

            var change = problems.Count > 0 ? Refuse(problems) : ApplyFolder(sources);
            (change, failedChoice) = (change with { Problems = [.. failedChoice, .. change.Problems] }, []);
            return Report(change);
        }
    }

    /// <summary>
    /// Compiles what is in force against other detectors and models, and switches to both at once. Policies that can't be compiled
    /// against them stay with those they have.
    /// </summary>
    public PolicyChange Exchange(DetectorCatalog catalog, IClassifierSource classifiers)
    {
        lock (loading)
        {
            var (before, digest) = (scope.Held, Digest);
            scope.Held = new ValidationScope.Holdings(new DetectorNames(catalog), classifiers);
            var reading = reader.Read(Sources);
            IReadOnlyList<PolicyProblem> problems = reading.Set is null ? reading.Problems
                : TryApply(reading.Set, Sources, reading.Problems, status.Origin) is { } failure ? [failure]
                : [];
            if (problems.Count == 0)
            {
                return Report(Applied(digest, reading.Problems));
            }

            scope.Held = before;
            return Report(Refuse(problems));
        }
    }

    /// <summary>Puts a kept version in force, now and until the folder's files change.</summary>
    /// <returns>What came of it; when it was refused, what was in force is still.</returns>
    /// <exception cref="InvalidOperationException">Nothing is kept.</exception>
    /// <exception cref="IOException">The choice can't be written down.</exception>
    /// <exception cref="UnauthorizedAccessException">The choice may not be written down.</exception>
    public PolicyChange Choose(string digest, PolicyOrigin origin, string who)
    {
        lock (loading)
        {
            var kept = history ?? throw new InvalidOperationException("No policies are kept, so none can be chosen.");
            var before = kept.Choice;
            var choice = new PolicyChoice(digest, origin, who, scope.Clock.GetUtcNow(), FolderStamp.Of(folder));
            kept.Choose(choice);
            var change = TryApplyChoice(choice)!;
            if (!change.IsApplied && before is not null)
            {
                kept.Choose(before);
            }

            return Report(change);
        }
    }

    /// <summary>Puts a sound set that was never in force in force, and keeps it, now and until the folder's files change.</summary>
    /// <exception cref="InvalidOperationException">Nothing is kept.</exception>
    /// <exception cref="IOException">It can't be kept.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be kept.</exception>
    internal PolicyChange Promote(PolicySet set, IReadOnlyList<SourceFile> sources, string who)
    {
        lock (loading)
        {
            (history ?? throw new InvalidOperationException("No policies are kept, so none can be promoted.")).Keep(set, sources);
            return Choose(set.Digest, PolicyOrigin.Promotion, who);
        }
    }

    /// <summary>Begins to watch the folder, and the choices that commands make, and reloads after every change of them.</summary>
    public void Watch(TimeSpan? pollEvery = null)
    {
        var every = pollEvery ?? TimeSpan.FromSeconds(2);
        watch ??= new FolderWatch(folder, every, () => FolderStamp.Of(folder), () => Reload());
        if (history is not null)
        {
            choiceWatch ??= new FolderWatch(history.ChoiceFile, every, () => history.Choice?.ToString() ?? "", () => Reload());
        }
    }

    public void Dispose()
    {
        watch?.Dispose();
        choiceWatch?.Dispose();
    }

    private IReadOnlyList<PolicyProblem> TryReadFolder(out IReadOnlyList<SourceFile> sources)
    {
        try
        {
            sources = PolicyFolder.Read(folder);
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            sources = [];
            return [new PolicyProblem(ProblemKinds.Unreadable, new(folder, 1, 1), $"the policies can't be read: {e.Message}")];
        }
    }

    private PolicySet? ReadKept(string digest, out IReadOnlyList<SourceFile> sources)
    {
        sources = history!.Read(digest);
        return sources.Count > 0 && reader.Read(sources).Set is { } set && set.Digest == digest ? set : null;
    }

    /// <returns>Null when nothing is in force yet and the choice can't be: then the folder is to be tried.</returns>
    private PolicyChange? TryApplyChoice(PolicyChoice choice)
    {
        var before = Digest;
        if (before == choice.Digest && status.Origin == choice.Origin)
        {
            return Applied(before, []);
        }

        IReadOnlyList<PolicyProblem> problems = [];
        if (ReadKept(choice.Digest, out var sources) is not { } set)
        {
            problems = [new PolicyProblem(SetProblems.NotKept, new(history!.ChoiceFile, 1, 1), $"the version {choice.Digest[..12]} is not kept, or its files are not what they were, or a model that it needs is gone; what was in force stays.")];
        }
        else if (TryApply(set, sources, [], choice.Origin) is { } failure)
        {
            problems = [failure];
        }

        if (problems.Count == 0)
        {
            return Applied(before, []) with { Who = choice.Who };
        }

        history!.DropChoice();
        if (current is not null)
        {
            return Refuse(problems);
        }

        failedChoice = problems;
        return null;
    }

    private PolicyChange ApplyFolder(IReadOnlyList<SourceFile> sources)
    {
        var before = Digest;
        var reading = reader.Read(sources);
        if (reading.Set is not { } set)
        {
            return Refuse(reading.Problems);
        }

        if (set.Digest == before && status.IsFromFolder)
        {
            status = status with { Problems = reading.Problems, FailedAt = null };
            return Applied(before, reading.Problems);
        }

        if (TryApply(set, FolderStamp.Within(folder, sources), reading.Problems, PolicyOrigin.Folder) is { } failure)
        {
            return Refuse([failure]);
        }

        // The folder has the last word: what was chosen before it changed no longer holds.
        if (history?.Choice is not null)
        {
            history.DropChoice();
        }

        return Applied(before, reading.Problems);
    }

    private string Digest => current?.Set.Set.Digest ?? "";

    private PolicyChange Applied(string before, IReadOnlyList<PolicyProblem> problems) =>
        new(IsApplied: true, before, Digest, problems) { Origin = status.Origin };

    private PolicyChange Refuse(IReadOnlyList<PolicyProblem> problems)
    {
        status = status with { Problems = problems, FailedAt = scope.Clock.GetUtcNow() };
        return new PolicyChange(IsApplied: false, Digest, Digest, problems) { Origin = status.Origin };
    }

    private void TryChoose(PolicyChoice choice)
    {
        try
        {
            history!.Choose(choice);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It holds all the same; on a folder that can't be written no later act could be told from it.
            _ = e;
        }
    }

    // What passed every check compiles. Should it not, that is a mistake of ours, and the policies in force must survive it: a
    // watcher that dies would leave the folder unwatched in silence.
    private PolicyProblem? TryApply(PolicySet set, IReadOnlyList<SourceFile> sources, IReadOnlyList<PolicyProblem> problems, PolicyOrigin origin)
    {
        try
        {
            Apply(set, sources, problems, origin);
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new PolicyProblem(SetProblems.NotCompiled, new(folder, 1, 1), $"the policies are sound but could not be compiled ({e.GetType().Name}); please report this. The last good ones stay in force.");
        }
    }

    private void Apply(PolicySet set, IReadOnlyList<SourceFile> sources, IReadOnlyList<PolicyProblem> problems, PolicyOrigin origin)
    {
        var selector = new PolicySelector(new CompiledSet(set, scope));

        // Whoever asked lately asks again: what they need is compiled before the switch, so that no request waits for it.
        if (current is { } old)
        {
            selector.Warm(old.RecentContexts);
        }

        var now = scope.Clock.GetUtcNow();
        current = selector;
        Sources = sources;
        history?.Applied(set, sources, origin, now);
        status = PolicySetStatus.Of(set, folder, problems, now, origin) with { HistoryFailure = history?.Failure ?? "" };
    }

    private PolicyChange Report(PolicyChange change)
    {
        Changed?.Invoke(change);
        return change;
    }
}
