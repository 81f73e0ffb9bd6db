using System.Diagnostics;
using EdgeFilter.Policies.Combining;
using EdgeFilter.Testing;

namespace EdgeFilter.Policies.Tests.Combining;

public sealed class PolicyFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new("policies-");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Read_NamedPipeAmongThePolicies_IsNamedAndDelaysNobody()
    {
        var pipe = folder.PathOf("pipe.yaml");
        MakePipe(pipe);
        await File.WriteAllTextAsync(folder.PathOf("sound.yaml"), "policy: sound\n");

        var read = await Task.Run(() => PolicyFolder.Read(folder.Path)).WaitAsync(Eventually.Patience);
        var alone = await Task.Run(() => PolicyFolder.Read(pipe)).WaitAsync(Eventually.Patience);

        Assert.Equal([null, "policy: sound\n"], read.Select(file => file.Bytes is { } bytes ? System.Text.Encoding.UTF8.GetString(bytes.Span) : null));
        Assert.Contains("pipe", read[0].Failure, StringComparison.Ordinal);
        Assert.Null(Assert.Single(alone).Bytes);
    }

    [Fact]
    public async Task Read_LinksToDevices_EndsAndNoneIsAPolicy()
    {
        File.CreateSymbolicLink(folder.PathOf("endless.yaml"), "/dev/zero");
        File.CreateSymbolicLink(folder.PathOf("nowhere.yaml"), folder.PathOf("gone.yaml"));

        var read = await Task.Run(() => PolicyFolder.Read(folder.Path)).WaitAsync(Eventually.Patience);

        Assert.Null(new PolicySetReader(Some.Scope()).Read(read).Set);
        Assert.Contains("nowhere", read[1].Failure, StringComparison.Ordinal);
    }

    private static void MakePipe(string path)
    {
        using var process = Process.Start("mkfifo", path);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
