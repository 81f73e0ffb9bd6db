namespace EdgeFilter.Policies.Tests.Combining;

public sealed class PolicySetReaderTests
{
    [Fact]
    public void Read_FilesInAnyOrder_GiveTheSameSet()
    {
        var files = new[]
        {
            ("a.yaml", "policy: a\nversion: 1.0.0\nextends: [b]\n"),
            ("b.yaml", "policy: b\nversion: 1.0.0\nlimits: { longest-prompt: 10 }\n"),
            ("w.yaml", "waiver: w\nowner: Jo\nreason: tests\nexpires: 2026-12-31\nrules: [b/longest-prompt]\n"),
        };
        var digest = Some.Read(files).Set!.Digest;
        Assert.Equal(digest, Some.Read(files.Reverse().ToArray()).Set!.Digest);
    }

    [Fact]
    public void Read_OneBadFileAmongGoodOnes_GivesNoSet()
    {
        var reading = Some.Read(
            ("a.yaml", "policy: a\nversion: 1.0.0\nlimits: { longest-prompt: 10 }\n"),
            ("b.yaml", "policy: b\nversion: 1.0.0\nlimits: { longest-prompt: ten }\n"));
        Assert.Null(reading.Set);
        Assert.Equal("b.yaml", Assert.Single(reading.Problems).At.File);
    }

    [Fact]
    public void Read_Nothing_IsRefused()
    {
        Assert.Equal("POL207", Assert.Single(Some.Read().Problems).Kind.Code);
    }

    [Fact]
    public void Read_ProblemsOfManyFiles_ComeInTheOrderOfFilesAndLines()
    {
        var reading = Some.Read(("b.yaml", "policy: B\nversion: 1.0\n"), ("a.yaml", "policy: A\nversion: 1.0\n"));
        Assert.Equal(["a.yaml:1:9", "a.yaml:2:10", "b.yaml:1:9", "b.yaml:2:10"], reading.Problems.Select(p => p.At.ToString()));
    }
}
