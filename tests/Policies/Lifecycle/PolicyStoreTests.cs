using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Lifecycle;
using EdgeFilter.Testing;

namespace EdgeFilter.Policies.Tests.Lifecycle;

public sealed class PolicyStoreTests : IDisposable
{
    private const string Good = "policy: demo\nversion: 1.0.0\nlimits: { longest-prompt: 10 }\n";
    private const string Better = "policy: demo\nversion: 1.1.0\nlimits: { longest-prompt: 20 }\n";
    private const string Bad = "policy: demo\nversion: 1.2.0\nlimits: { longest-promt: 20 }\n";
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    private readonly string folder = Directory.CreateTempSubdirectory("policies-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Load_BadFolder_FailsLoudlyWithPlaceAndFix()
    {
        Write("p.yaml", Bad);
        using var store = new PolicyStore(folder, Some.Scope());
        var failure = Assert.Throws<PolicyLoadException>(store.Load);
        Assert.Contains("p.yaml:3:11: POL020", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'longest-prompt'", failure.Message, StringComparison.Ordinal);
        Assert.False(store.Status.IsLoaded);
    }

    [Fact]
    public void Load_NoFolder_FailsLoudly()
    {
        using var store = new PolicyStore(Path.Combine(folder, "nowhere"), Some.Scope());
        Assert.Throws<PolicyLoadException>(store.Load);
    }

    [Fact]
    public void Reload_BadChange_KeepsTheLastGoodAndSaysSo()
    {
        Write("p.yaml", Good);
        using var store = new PolicyStore(folder, Some.Scope());
        store.Load();
        var before = store.Current;
        Write("p.yaml", Bad);
        var change = store.Reload();
        Assert.False(change.IsApplied);
        Assert.Equal("POL020", Assert.Single(change.Problems).Kind.Code);
        Assert.Same(before, store.Current);
        Assert.NotNull(store.Status.FailedAt);
        Assert.Equal("1.0.0", store.Status.Policies.Single().Version);
    }

    [Fact]
    public void Reload_GoodChange_AppliesAndClearsTheFailure()
    {
        Write("p.yaml", Good);
        using var store = new PolicyStore(folder, Some.Scope());
        store.Load();
        Write("p.yaml", Bad);
        store.Reload();
        Write("p.yaml", Better);
        Assert.True(store.Reload().IsApplied);
        Assert.Null(store.Status.FailedAt);
        Assert.Equal("1.1.0", store.Status.Policies.Single().Version);
    }

    [Fact]
    public void Reload_HalfOfAChangeIsBad_NothingOfItApplies()
    {
        Write("p.yaml", Good);
        using var store = new PolicyStore(folder, Some.Scope());
        store.Load();
        Write("p.yaml", Better);
        Write("q.yaml", "policy: other\n");
        Assert.False(store.Reload().IsApplied);
        Assert.Equal("1.0.0", store.Status.Policies.Single().Version);
    }

    [Fact]
    public void Load_BadFolderAfterARestart_UsesWhatWasKept()
    {
        var kept = Path.Combine(folder, ".state");
        Write("p.yaml", Good);
        using (var store = new PolicyStore(folder, Some.Scope(), new PolicyHistory(kept)))
        {
            store.Load();
        }

        Write("p.yaml", Bad);
        using var restarted = new PolicyStore(folder, Some.Scope(), new PolicyHistory(kept));
        restarted.Load();
        Assert.True(restarted.Status.IsLastGood);
        Assert.Equal("1.0.0", restarted.Status.Policies.Single().Version);
        Assert.NotEmpty(restarted.Status.Problems);
        Write("p.yaml", Good);
        Assert.True(restarted.Reload().IsApplied);
        Assert.False(restarted.Status.IsLastGood);
    }

    [Fact]
    public void Load_KeptCopyIsGarbage_FailsLoudly()
    {
        var kept = Directory.CreateDirectory(Path.Combine(folder, ".state")).FullName;
        File.WriteAllText(Path.Combine(kept, "versions.json"), "garbage");
        Write("p.yaml", Bad);
        using var store = new PolicyStore(folder, Some.Scope(), new PolicyHistory(kept));
        Assert.Throws<PolicyLoadException>(store.Load);
    }

    [Fact]
    public async Task Watch_FileReplaced_Reloads()
    {
        Write("p.yaml", Good);
        using var store = new PolicyStore(folder, Some.Scope());
        store.Load();
        store.Watch(Poll);
        File.WriteAllText(Path.Combine(folder, "new"), Better);
        File.Move(Path.Combine(folder, "new"), Path.Combine(folder, "p.yaml"), overwrite: true);
        await Until(() => store.Status.Policies.Single().Version == "1.1.0");
    }

    [Fact]
    public async Task Watch_BadChange_IsReportedOnce()
    {
        Write("p.yaml", Good);
        using var store = new PolicyStore(folder, Some.Scope());
        store.Load();
        var changes = new List<PolicyChange>();
        store.Changed += change =>
        {
            lock (changes)
            {
                changes.Add(change);
            }
        };
        store.Watch(Poll);
        Write("p.yaml", Bad);
        await Until(() => store.Status.FailedAt is not null);
        await Task.Delay(300);
        Assert.False(Assert.Single(changes).IsApplied);
    }

    [Fact]
    public async Task Watch_LinkSwappedAsKubernetesDoes_Reloads()
    {
        var first = Directory.CreateDirectory(Path.Combine(folder, "..2026_06_15_1")).FullName;
        File.WriteAllText(Path.Combine(first, "p.yaml"), Good);
        Directory.CreateSymbolicLink(Path.Combine(folder, "..data"), "..2026_06_15_1");
        File.CreateSymbolicLink(Path.Combine(folder, "p.yaml"), Path.Combine("..data", "p.yaml"));
        using var store = new PolicyStore(folder, Some.Scope());
        store.Load();
        store.Watch(Poll);

        var second = Directory.CreateDirectory(Path.Combine(folder, "..2026_06_15_2")).FullName;
        File.WriteAllText(Path.Combine(second, "p.yaml"), Better);
        Directory.CreateSymbolicLink(Path.Combine(folder, "..data_tmp"), "..2026_06_15_2");
        Directory.Move(Path.Combine(folder, "..data_tmp"), Path.Combine(folder, "..data_next"));
        Directory.Delete(Path.Combine(folder, "..data"));
        Directory.Move(Path.Combine(folder, "..data_next"), Path.Combine(folder, "..data"));
        await Until(() => store.Status.Policies.Single().Version == "1.1.0");
    }

    [Fact]
    public async Task Current_UnderReloadsGoodAndBad_AlwaysAnswersWithAWholePolicy()
    {
        Write("p.yaml", Good);
        using var store = new PolicyStore(folder, Some.Scope());
        store.Load();
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(i => Task.Run(() =>
        {
            var answers = 0;
            while (!stop.IsCancellationRequested)
            {
                Assert.Single(store.Current.For(new PolicyContext { Tenant = $"t{i}" }).Rules);
                answers++;
            }

            return answers;
        })).ToArray();
        for (var i = 0; i < 100; i++)
        {
            Write("p.yaml", (i % 3) switch { 0 => Better, 1 => Bad, _ => Good });
            Assert.Equal(i % 3 != 1, store.Reload().IsApplied);
        }

        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(readers), answers => Assert.True(answers > 0));
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);

    private static async Task Until(Func<bool> holds) => Assert.True(await Eventually.HoldsAsync(holds));
}
