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
    private readonly LastGoodPolicies? lastGood;
    private readonly Lock loading = new();
    private FolderWatch? watch;
    private volatile PolicySelector? current;
    private volatile PolicySetStatus status;

    /// <param name="folder">The folder of policies, or a single file.</param>
    /// <param name="scope">The detectors and models that policies may name.</param>
    /// <param name="lastGoodFile">Where the last good policies are kept over a restart; null: nowhere.</param>
    public PolicyStore(string folder, ValidationScope scope, string? lastGoodFile = null)
    {
        this.folder = folder;
        this.scope = scope;
        reader = new PolicySetReader(scope);
        lastGood = lastGoodFile is null ? null : new LastGoodPolicies(lastGoodFile);
        status = PolicySetStatus.NothingLoaded(folder);
    }

    /// <summary>Raised after every attempt to load, on the thread that loaded.</summary>
    public event Action<PolicyChange>? Changed;

    /// <summary>The policies in force. An exchange asks once and keeps what it gets.</summary>
    /// <exception cref="InvalidOperationException">Nothing was loaded yet.</exception>
    public PolicySelector Current => current ?? throw new InvalidOperationException("No policy is loaded.");

    /// <summary>What is in force, and what is wrong with the folder.</summary>
    public PolicySetStatus Status => status;

    /// <summary>Loads for the first time. Without sound policies nothing may run.</summary>
    /// <exception cref="PolicyLoadException">The folder has errors and no earlier policies were kept.</exception>
    public void Load()
    {
        var change = Reload();
        if (current is not null)
        {
            return;
        }

        if (lastGood?.Read() is { Count: > 0 } kept && reader.Read(kept).Set is { } set)
        {
            Apply(set, change.Problems, isLastGood: true);
            return;
        }

        throw new PolicyLoadException(folder, change.Problems);
    }

    /// <summary>Reads the folder again and applies it if it is sound.</summary>
    public PolicyChange Reload()
    {
        lock (loading)
        {
            var before = current?.Set.Set.Digest ?? "";
            var problems = TryRead(out var sources, out var set);
            if (set is null)
            {
                status = status with { Problems = problems, FailedAt = scope.Clock.GetUtcNow() };
                return Report(new PolicyChange(IsApplied: false, before, before, problems));
            }

            if (set.Digest != before || !status.IsFromFolder)
            {
                if (TryApply(set, problems) is { } failure)
                {
                    status = status with { Problems = [failure], FailedAt = scope.Clock.GetUtcNow() };
                    return Report(new PolicyChange(IsApplied: false, before, before, [failure]));
                }

                lastGood?.Write(sources);
            }
            else
            {
                status = status with { Problems = problems, FailedAt = null };
            }

            return Report(new PolicyChange(IsApplied: true, before, set.Digest, problems));
        }
    }

    /// <summary>Begins to watch the folder and reloads after every change of it.</summary>
    public void Watch(TimeSpan? pollEvery = null)
    {
        watch ??= new FolderWatch(folder, pollEvery ?? TimeSpan.FromSeconds(2), () => Reload());
    }

    public void Dispose() => watch?.Dispose();

    private IReadOnlyList<PolicyProblem> TryRead(out IReadOnlyList<SourceFile> sources, out PolicySet? set)
    {
        try
        {
            sources = PolicyFolder.Read(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            sources = [];
            set = null;
            return [new PolicyProblem(ProblemKinds.Unreadable, new(folder, 1, 1), $"the policies can't be read: {e.Message}")];
        }

        var reading = reader.Read(sources);
        set = reading.Set;
        return reading.Problems;
    }

    // What passed every check compiles. Should it not, that is a mistake of ours, and the policies in force must survive it: a
    // watcher that dies would leave the folder unwatched in silence.
    private PolicyProblem? TryApply(PolicySet set, IReadOnlyList<PolicyProblem> problems)
    {
        try
        {
            Apply(set, problems, isLastGood: false);
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return new PolicyProblem(SetProblems.NotCompiled, new(folder, 1, 1), $"the policies are sound but could not be compiled ({e.GetType().Name}); please report this. The last good ones stay in force.");
        }
    }

    private void Apply(PolicySet set, IReadOnlyList<PolicyProblem> problems, bool isLastGood)
    {
        var selector = new PolicySelector(new CompiledSet(set, scope));

        // Whoever asked lately asks again: what they need is compiled before the switch, so that no request waits for it.
        if (current is { } old)
        {
            selector.Warm(old.RecentContexts);
        }

        current = selector;
        status = PolicySetStatus.Of(set, folder, problems, scope.Clock.GetUtcNow(), isLastGood);
    }

    private PolicyChange Report(PolicyChange change)
    {
        Changed?.Invoke(change);
        return change;
    }
}
