using System.Text;
using EdgeFilter.Policies.Candidates;
using EdgeFilter.Policies.Lifecycle;

namespace EdgeFilter.Policies.Tests.Candidates;

public sealed class CandidateStoreTests : IDisposable
{
    private const string Demo = "policy: demo\nversion: 1.0.0\nlimits: { longest-prompt: 10 }\n";
    private const string Other = "policy: other\nversion: 1.0.0\nlimits: { longest-prompt: 30 }\n";
    private const string Stricter = "policy: demo\nversion: 1.1.0\nlimits: { longest-prompt: 5 }\n";

    private readonly string folder = Directory.CreateTempSubdirectory("policies-").FullName;
    private readonly string state = Directory.CreateTempSubdirectory("policy-state-").FullName;
    private readonly PolicyStore live;
    private readonly CandidateStore candidates;

    public CandidateStoreTests()
    {
        File.WriteAllText(Path.Combine(folder, "demo.yaml"), Demo);
        File.WriteAllText(Path.Combine(folder, "other.yaml"), Other);
        live = new PolicyStore(folder, Some.Scope(), new PolicyHistory(state));
        live.Load();
        candidates = new CandidateStore(live, Some.Scope(), new CandidateFile(Path.Combine(state, "candidate.json")));
    }

    public void Dispose()
    {
        candidates.Dispose();
        live.Dispose();
        Directory.Delete(folder, recursive: true);
        Directory.Delete(state, recursive: true);
    }

    [Fact]
    public void Propose_OneFile_ReplacesTheDocumentOfItsNameAlone()
    {
        Assert.Equal(CandidateState.Running, candidates.Propose(Change(Stricter)).State);
        var set = candidates.Current!.Selector.Set.Set;
        Assert.Equal(["demo", "other"], set.Names);
        Assert.Equal("1.1.0", set.Find("demo")!.Version!.Value);
        Assert.Equal("1.0.0", live.Status.Policies[0].Version);
    }

    [Fact]
    public void Propose_Whole_StandsForAll()
    {
        candidates.Propose(Change(Stricter) with { IsWhole = true });
        Assert.Equal(["demo"], candidates.Current!.Selector.Set.Set.Names);
    }

    [Fact]
    public void Propose_Unsound_SaysWhereAndRunsNothing()
    {
        var status = candidates.Propose(Change("policy: demo\nversion: 1.1.0\nlimts: {}\n"));
        Assert.Equal(CandidateState.Refused, status.State);
        Assert.Contains("demo.yaml:3:1: POL020", status.Problems[0].ToString(), StringComparison.Ordinal);
        Assert.Null(candidates.Current);
    }

    [Fact]
    public void Promote_TheCandidateMeant_IsInForceKeptAndEndsTheProposal()
    {
        var digest = candidates.Propose(Change(Stricter)).Digest;
        Assert.Null(candidates.Promote("another", "jo"));
        var change = candidates.Promote(digest, "jo")!;
        Assert.True(change.IsApplied);
        Assert.Equal("jo", change.Who);
        Assert.Equal((digest, PolicyOrigin.Promotion), (live.Status.Digest, live.Status.Origin));
        Assert.Equal(CandidateState.None, candidates.Status.State);
        Assert.Equal(digest, new PolicyHistory(state).Versions.Current);
        File.WriteAllText(Path.Combine(folder, "demo.yaml"), "policy: [");
        live.Reload();
        using var restarted = new PolicyStore(folder, Some.Scope(), new PolicyHistory(state));
        restarted.Load();
        Assert.Equal(digest, restarted.Status.Digest);
    }

    [Fact]
    public void Reload_WhatIsInForceChanges_TheCandidateIsPutOverItAnew()
    {
        candidates.Propose(Change(Stricter));
        var report = candidates.Current!.Report;
        File.WriteAllText(Path.Combine(folder, "other.yaml"), Other.Replace("30", "40", StringComparison.Ordinal));
        live.Reload();
        Assert.Equal(live.Status.Digest, candidates.Current!.Report.LiveDigest);
        Assert.NotSame(report, candidates.Current.Report);
    }

    [Fact]
    public void Exchange_OtherModels_TheCandidateAsksThemToo()
    {
        candidates.Propose(Change(Stricter));
        var before = candidates.Current!;
        live.Exchange(Some.Catalog, Some.Classifiers);
        Assert.NotSame(before, candidates.Current);
        Assert.Equal(before.Digest, candidates.Current!.Digest);
        var after = candidates.Current;
        candidates.Reload();
        Assert.Same(after, candidates.Current);
    }

    [Fact]
    public void Reload_FolderBecomesTheCandidate_ItRunsNoMore()
    {
        candidates.Propose(Change(Stricter));
        File.WriteAllText(Path.Combine(folder, "demo.yaml"), Stricter);
        live.Reload();
        Assert.Equal(CandidateState.InForce, candidates.Status.State);
        Assert.Null(candidates.Current);
    }

    [Fact]
    public void Drop_Proposed_EndsIt()
    {
        candidates.Propose(Change(Stricter));
        Assert.True(candidates.Drop());
        Assert.Null(candidates.Current);
        Assert.False(candidates.Drop());
    }

    [Fact]
    public void Configured_Folder_RunsUntilAProposalTakesItsPlace()
    {
        var next = Directory.CreateDirectory(Path.Combine(state, "next")).FullName;
        File.WriteAllText(Path.Combine(next, "p.yaml"), Stricter);
        using var store = new CandidateStore(live, Some.Scope(), new CandidateFile(Path.Combine(state, "candidate.json")), next);
        Assert.Equal(CandidateState.Running, store.Reload().State);
        Assert.True(store.Status.IsWhole);
        store.Propose(Change(Stricter));
        Assert.False(store.Status.IsWhole);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"files\":{\"a.yaml\":null},\"who\":\"x\"}")]
    [InlineData("[[")]
    public void Reload_FileIsHostile_IsNoCandidate(string json)
    {
        File.WriteAllText(Path.Combine(state, "candidate.json"), json);
        Assert.Equal(CandidateState.None, candidates.Reload().State);
    }

    private static CandidateProposal Change(string yaml) => new(
        IsWhole: false, "jo", Some.Now, new Dictionary<string, byte[]> { ["change.yaml"] = Encoding.UTF8.GetBytes(yaml) });
}
