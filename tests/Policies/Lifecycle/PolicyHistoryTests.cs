using EdgeFilter.Policies.Lifecycle;
using EdgeFilter.Testing;

namespace EdgeFilter.Policies.Tests.Lifecycle;

/// <summary>What was in force is kept, and can be in force again.</summary>
public sealed class PolicyHistoryTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("policies-").FullName;
    private readonly string state = Directory.CreateTempSubdirectory("policy-state-").FullName;

    public void Dispose()
    {
        Directory.Delete(folder, recursive: true);
        Directory.Delete(state, recursive: true);
    }

    [Fact]
    public void Choose_TheVersionBefore_IsInForceUntilTheFolderChanges()
    {
        using var store = Loaded("1.0.0");
        Change(store, "1.1.0");
        RollBack(store);
        Assert.Equal("1.0.0", VersionOf(store));
        Assert.Equal(PolicyOrigin.Rollback, store.Status.Origin);
        store.Reload();
        Assert.Equal("1.0.0", VersionOf(store));
        Change(store, "1.2.0");
        Assert.Equal("1.2.0", VersionOf(store));
        Assert.Equal(PolicyOrigin.Folder, store.Status.Origin);
        Assert.Null(History.Choice);
    }

    [Fact]
    public void Choose_TwiceBack_GoesTwoSteps()
    {
        using var store = Loaded("1.0.0");
        Change(store, "1.1.0");
        Change(store, "1.2.0");
        RollBack(store);
        RollBack(store);
        Assert.Equal("1.0.0", VersionOf(store));
        Assert.Null(History.Versions.Before(store.Status.Digest));
    }

    [Fact]
    public void Load_AfterARestart_TheChoiceStillHolds()
    {
        using (var store = Loaded("1.0.0"))
        {
            Change(store, "1.1.0");
            RollBack(store);
        }

        using var restarted = new PolicyStore(folder, Some.Scope(), History);
        restarted.Load();
        Assert.Equal("1.0.0", VersionOf(restarted));
        Assert.Equal(PolicyOrigin.Rollback, restarted.Status.Origin);
    }

    [Fact]
    public void Load_ChoiceOfACommandWhileNothingRan_IsFollowed()
    {
        using (var store = Loaded("1.0.0"))
        {
            Change(store, "1.1.0");
        }

        var before = History.Versions.Before(History.Versions.Current)!;
        History.Choose(new PolicyChoice(before.Digest, PolicyOrigin.Rollback, "jo", Some.Now, FolderStamp: ""));
        using var restarted = new PolicyStore(folder, Some.Scope(), History);
        restarted.Load();
        Assert.Equal("1.0.0", VersionOf(restarted));
        Write("1.3.0");
        restarted.Reload();
        Assert.Equal("1.3.0", VersionOf(restarted));
    }

    [Fact]
    public async Task Watch_ChoiceOfACommandWhileRunning_IsFollowed()
    {
        using var store = Loaded("1.0.0");
        Change(store, "1.1.0");
        store.Watch(TimeSpan.FromMilliseconds(50));
        var before = History.Versions.Before(store.Status.Digest)!;
        History.Choose(new PolicyChoice(before.Digest, PolicyOrigin.Rollback, "jo", Some.Now, FolderStamp.Of(folder)));

        Assert.True(await Eventually.HoldsAsync(() => VersionOf(store) == "1.0.0"));
    }

    [Fact]
    public void Choose_FolderIsBroken_TheWayBackWorksAllTheSame()
    {
        using var store = Loaded("1.0.0");
        Change(store, "1.1.0");
        File.WriteAllText(Path.Combine(folder, "p.yaml"), "policy: [");
        Assert.False(store.Reload().IsApplied);
        RollBack(store);
        Assert.Equal("1.0.0", VersionOf(store));
        Assert.Null(store.Status.FailedAt);
    }

    [Theory]
    [InlineData("altered")]
    [InlineData("garbage")]
    [InlineData("gone")]
    public void Choose_KeptFilesAreNotWhatTheyWere_IsRefusedAndNothingChanges(string what)
    {
        using var store = Loaded("1.0.0");
        Change(store, "1.1.0");
        var before = History.Versions.Before(store.Status.Digest)!;
        var archive = Path.Combine(state, before.Digest + ".zip");
        switch (what)
        {
            case "altered":
                File.Copy(Path.Combine(state, store.Status.Digest + ".zip"), archive, overwrite: true);
                break;
            case "garbage":
                File.WriteAllText(archive, "PK garbage");
                break;
            default:
                File.Delete(archive);
                break;
        }

        var change = store.Choose(before.Digest, PolicyOrigin.Rollback, "jo");
        Assert.False(change.IsApplied);
        Assert.Equal("POL209", Assert.Single(change.Problems).Kind.Code);
        Assert.Equal("1.1.0", VersionOf(store));
        Assert.Null(History.Choice);
    }

    [Fact]
    public void Load_ChoiceCantBeKept_TheFolderCountsAndItIsSaid()
    {
        using (var store = Loaded("1.0.0"))
        {
            Change(store, "1.1.0");
            RollBack(store);
            File.Delete(Path.Combine(state, store.Status.Digest + ".zip"));
        }

        using var restarted = new PolicyStore(folder, Some.Scope(), History);
        var changes = new List<PolicyChange>();
        restarted.Changed += changes.Add;
        restarted.Load();
        Assert.Equal("1.1.0", VersionOf(restarted));
        Assert.Equal("POL209", Assert.Single(Assert.Single(changes).Problems).Kind.Code);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"current\":null,\"versions\":[null]}")]
    [InlineData("{\"current\":\"x\",\"versions\":[{\"digest\":\"..\",\"policies\":null}]}")]
    [InlineData("{")]
    public void Load_IndexIsHostile_IsAnEmptyOne(string index)
    {
        File.WriteAllText(Path.Combine(state, "versions.json"), index);
        File.WriteAllText(Path.Combine(state, "chosen.json"), index);
        using var store = Loaded("1.0.0");
        Assert.Equal("1.0.0", VersionOf(store));
        Assert.Single(History.Versions.Versions);
    }

    [Fact]
    public void Applied_MoreThanAreKept_TheOldestGoWithTheirFiles()
    {
        using var store = Loaded("1.0.0");
        for (var i = 1; i <= PolicyHistory.Kept + 5; i++)
        {
            Change(store, $"1.{i}.0");
        }

        Assert.Equal(PolicyHistory.Kept, History.Versions.Versions.Count);
        Assert.Equal(PolicyHistory.Kept, Directory.GetFiles(state, "*.zip").Length);
    }

    [Fact]
    public void Load_StateCantBeWritten_PoliciesHoldAndTheStatusSaysIt()
    {
        var file = Path.Combine(state, "a-file");
        File.WriteAllText(file, "");
        Write("1.0.0");
        using var store = new PolicyStore(folder, Some.Scope(), new PolicyHistory(Path.Combine(file, "below")));
        store.Load();
        Assert.Equal("1.0.0", VersionOf(store));
        Assert.NotEmpty(store.Status.HistoryFailure);
    }

    private PolicyHistory History => new(state);

    private PolicyStore Loaded(string version)
    {
        Write(version);
        var store = new PolicyStore(folder, Some.Scope(), History);
        store.Load();
        return store;
    }

    private void RollBack(PolicyStore store) =>
        Assert.True(store.Choose(History.Versions.Before(store.Status.Digest)!.Digest, PolicyOrigin.Rollback, "jo").IsApplied);

    private void Change(PolicyStore store, string version)
    {
        Write(version);
        Assert.True(store.Reload().IsApplied);
    }

    private void Write(string version) =>
        File.WriteAllText(Path.Combine(folder, "p.yaml"), $"policy: demo\nversion: {version}\nlimits: {{ longest-prompt: 10 }}\n");

    private static string VersionOf(PolicyStore store) => store.Status.Policies.Single().Version;
}
