using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Tests.BlockLog;

public class FingerprintKeyTests
{
    private static readonly FingerprintKey Key = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    [Theory]
    [InlineData("4111 1111 1111 1111", "4111-1111-1111-1111")]
    [InlineData("12345678z", "12345678Z")]
    public void Of_SameValueTypedOtherwise_IsTheSame(string one, string other) => Assert.Equal(Key.Of("X", one), Key.Of("X", other));

    [Fact]
    public void Of_OtherValueEntityOrKey_IsAnother()
    {
        var other = new FingerprintKey(new byte[32]);
        string[] all = [Key.Of("A", "1"), Key.Of("A", "2"), Key.Of("B", "1"), Key.Of("A1", ""), other.Of("A", "1")];

        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.StartsWith(Key.Id + ".", all[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SecondStart_ReadsTheSameKey()
    {
        using var folder = new LogFolder();

        Assert.Equal(FingerprintKey.Load(folder.Keys).Of("A", "1"), FingerprintKey.Load(folder.Keys).Of("A", "1"));
    }

    [Fact]
    public async Task Load_ManyStartAtOnce_AgreeOnOneKey()
    {
        for (var round = 0; round < 25; round++)
        {
            using var folder = new LogFolder();
            using var start = new ManualResetEventSlim();

            // Threads of their own: pool threads would start one after another.
            var ids = Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    start.Wait();
                    return FingerprintKey.Load(folder.Keys).Id;
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
            start.Set();

            Assert.Single((await Task.WhenAll(ids)).Distinct());
            Assert.Single(Directory.GetFiles(folder.Keys));
        }
    }

    [Fact]
    public void Load_NewKey_OnlyItsOwnerMayReadIt()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var folder = new LogFolder();
        FingerprintKey.Load(folder.Keys);

        var mode = File.GetUnixFileMode(Path.Combine(folder.Keys, FingerprintKey.FileName));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
    }

    [Fact]
    public void Load_ShortKeyFile_IsRefused()
    {
        using var folder = new LogFolder();
        Directory.CreateDirectory(folder.Keys);
        File.WriteAllText(Path.Combine(folder.Keys, FingerprintKey.FileName), "short");

        Assert.Throws<IOException>(() => FingerprintKey.Load(folder.Keys));
    }
}
