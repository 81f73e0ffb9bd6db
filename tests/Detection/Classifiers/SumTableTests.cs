using EdgeFilter.Detection.Classifiers.Models;
using Xunit;

namespace EdgeFilter.Detection.Tests.Classifiers;

public sealed class SumTableTests
{
    private const int Rows = 64;
    private const int Width = 24;
    private readonly byte[] file = new byte[Rows * Width];

    public SumTableTests()
    {
        new Random(1).NextBytes(file);
        file.AsSpan(0, Width).Clear();
    }

    [Theory]
    [InlineData(1, 2, 4)]
    [InlineData(4, 2, 4)]
    [InlineData(8, 2, 4)]
    [InlineData(9, 3, 4)]
    [InlineData(30, 8, 4)]
    [InlineData(21, 2, 12)]
    [InlineData(1, 2, 16)]
    [InlineData(37, 3, 16)]
    [InlineData(80, 5, 16)]
    public void Add_AnyNumberOfTokens_AgreesWithThePlainWay(int tokens, int blocks, int block)
    {
        var table = SumTable.Read(file, Rows)!;
        var random = new Random(tokens);
        var rows = Enumerable.Range(0, tokens * 4).Select(_ => random.Next(1, Rows)).ToArray();
        var length = blocks * block;
        var sums = new float[(Width + 1) * length];
        var means = new float[Width * (blocks - 1)];

        table.Add(rows, block, sums, means);

        for (var column = 0; column < Width; column++)
        {
            var expected = Enumerable.Range(0, length).Select(t => t < tokens ? Sum(rows, t, column) : 0f).ToArray();
            Assert.Equal(expected, sums[(column * length)..((column + 1) * length)]);
            for (var stretch = 0; stretch < blocks - 1; stretch++)
            {
                var own = expected[(stretch * block)..Math.Min(tokens, (stretch + 2) * block)];
                Assert.Equal(own.Sum() / own.Length, means[(column * (blocks - 1)) + stretch], 1e-3f);
            }
        }

        Assert.Equal(Enumerable.Range(0, length).Select(t => t < tokens ? 0f : 1f), sums[(Width * length)..]);
    }

    [Fact]
    public void Add_TextWithoutTokens_IsNothing()
    {
        const int block = 4;
        var sums = new float[(Width + 1) * 2 * block];
        var means = new float[Width];

        SumTable.Read(file, Rows)!.Add([0, 0, 0, 0], block, sums, means);

        Assert.All(means, m => Assert.Equal(0, m));
        Assert.All(sums[(Width * 2 * block)..], s => Assert.Equal(1, s));
    }

    [Theory]
    [InlineData(Rows)]
    [InlineData(-1)]
    public void Add_RowBeyondTheTable_Throws(int row) => Assert.Throws<ArgumentOutOfRangeException>(
        () => SumTable.Read(file, Rows)!.Add([1, 2, row, 4], 4, new float[(Width + 1) * 8], new float[Width]));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Rows * 7)]
    [InlineData(Rows * 12)]
    [InlineData((Rows * 24) - 1)]
    [InlineData(Rows * 72)]
    public void Read_AnotherSize_IsRefused(int length) => Assert.Null(SumTable.Read(new byte[length], Rows));

    private float Sum(int[] rows, int token, int column) =>
        Enumerable.Range(0, 4).Sum(slot => (sbyte)file[(rows[(token * 4) + slot] * Width) + column]);
}
