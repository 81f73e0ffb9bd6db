using EdgeFilter.Detection.Classifiers.Models;
using Xunit;

namespace EdgeFilter.Detection.Tests.Classifiers;

public sealed class ScreenNetworkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(400)]
    public void Score_AnyNumberOfTokens_AgreesWithThePlainWay(int tokens)
    {
        var made = new RandomScreen(rows: 512, seed: tokens);
        var screen = ScreenNetwork.Read(made.File())!;
        var random = new Random(tokens);
        var scores = new float[RandomScreen.Labels];
        for (var round = 0; round < 20; round++)
        {
            var rows = Enumerable.Range(0, tokens * 4).Select(_ => random.Next(made.Rows)).ToArray();

            screen.Score(rows, 0.5f, scores, new OpenBlocks[4]);

            var expected = made.Expected(rows);
            Assert.All(Enumerable.Range(0, scores.Length), label => Assert.Equal(expected[label], scores[label], 1e-4));
        }
    }

    [Fact]
    public void Score_HarmlessBlocksAround_NeverLowerTheScore()
    {
        var made = new RandomScreen(rows: 512, seed: 3);
        var screen = ScreenNetwork.Read(made.File())!;
        var random = new Random(5);
        var (alone, padded) = (new float[RandomScreen.Labels], new float[RandomScreen.Labels]);
        for (var round = 0; round < 200; round++)
        {
            var attack = Rows(64);
            screen.Score(attack, 0.5f, alone, new OpenBlocks[4]);

            // Whole blocks before and behind leave every stretch of the attack as it was.
            screen.Score([.. Rows(16 * random.Next(8)), .. attack, .. Rows(16 * random.Next(8))], 0.5f, padded, new OpenBlocks[4]);

            Assert.All(Enumerable.Range(0, alone.Length), label => Assert.True(padded[label] >= alone[label]));
        }

        int[] Rows(int tokens) => [.. Enumerable.Range(0, tokens * 4).Select(_ => random.Next(made.Rows))];
    }

    [Fact]
    public void Score_OpenStretches_AreThoseThatReachTheBarAlone()
    {
        var made = new RandomScreen(rows: 512, seed: 8);
        var screen = ScreenNetwork.Read(made.File())!;
        var random = new Random(8);
        var scores = new float[RandomScreen.Labels];
        for (var round = 0; round < 200; round++)
        {
            var rows = Enumerable.Range(0, 16 * 4 * random.Next(1, 40)).Select(_ => random.Next(made.Rows)).ToArray();
            var blocks = Math.Max(2, rows.Length / 64);
            var stretches = Enumerable.Range(0, blocks - 1).Select(b => made.Expected(rows[(b * 64)..Math.Min(rows.Length, (b + 2) * 64)]).Max()).ToArray();
            var bar = (float)stretches.Order().ElementAt(random.Next(stretches.Length / 2, stretches.Length)) + 0.0005f;
            var room = random.Next(1, 6);
            var open = new OpenBlocks[room];

            var count = screen.Score(rows, bar, scores, open);

            var reaching = Enumerable.Range(0, stretches.Length).Where(b => stretches[b] >= bar).ToArray();
            Assert.All(reaching, b => Assert.Contains(open[..count], o => o.Start <= b && b + 2 <= o.End));
            Assert.All(open[..count], o => Assert.True(reaching.Contains(o.Start) && reaching.Contains(o.End - 2)));
            Assert.All(Enumerable.Range(1, Math.Max(0, count - 1)), i => Assert.True(open[i].Start - open[i - 1].End >= ScreenNetwork.Apart));
            var parts = reaching.Where((b, i) => i == 0 || b - (reaching[i - 1] + 2) >= ScreenNetwork.Apart).Count();
            Assert.Equal(Math.Min(room, parts), count);
        }
    }

    [Fact]
    public void Score_DoesNotAllocate()
    {
        var made = new RandomScreen(rows: 512, seed: 1);
        var screen = ScreenNetwork.Read(made.File())!;
        var rows = new int[1600];
        var scores = new float[RandomScreen.Labels];
        var open = new OpenBlocks[4];
        screen.Score(rows, 0.5f, scores, open);
        var before = GC.GetAllocatedBytesForCurrentThread();

        screen.Score(rows, 0.5f, scores, open);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Score_RowBeyondTheTable_Throws()
    {
        var made = new RandomScreen(rows: 512, seed: 1);
        var screen = ScreenNetwork.Read(made.File())!;

        Assert.Throws<ArgumentOutOfRangeException>(() => screen.Score([1, 2, 3, 512], 0.5f, new float[RandomScreen.Labels], new OpenBlocks[4]));
        Assert.Throws<ArgumentOutOfRangeException>(() => screen.Score([1, 2, -1, 4], 0.5f, new float[RandomScreen.Labels], new OpenBlocks[4]));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(8, 2)]
    [InlineData(12, 0)]
    [InlineData(12, 513)]
    [InlineData(16, 8)]
    [InlineData(20, 31)]
    [InlineData(20, 66)]
    [InlineData(24, 17)]
    [InlineData(28, 0)]
    [InlineData(28, -1)]
    public void Read_WrongHeader_IsRefused(int at, int value)
    {
        var file = new RandomScreen(rows: 512, seed: 1).File();
        BitConverter.TryWriteBytes(file.AsSpan(at), value);

        Assert.Null(ScreenNetwork.Read(file));
    }

    [Fact]
    public void Read_CutOrLengthenedOrNotANumber_IsRefused()
    {
        var file = new RandomScreen(rows: 512, seed: 1).File();

        Assert.Null(ScreenNetwork.Read([]));
        Assert.Null(ScreenNetwork.Read(file.AsSpan(0, 20)));
        Assert.Null(ScreenNetwork.Read(file.AsSpan(0, file.Length - 1)));
        Assert.Null(ScreenNetwork.Read([.. file, 0]));
        BitConverter.TryWriteBytes(file.AsSpan(32), float.NaN);
        Assert.Null(ScreenNetwork.Read(file));
    }
}
