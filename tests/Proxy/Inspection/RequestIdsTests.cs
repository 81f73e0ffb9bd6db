using EdgeFilter.Proxy.Inspection;

namespace EdgeFilter.Proxy.Tests.Inspection;

public class RequestIdsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 8, 0, 0, 123, TimeSpan.Zero);

    [Fact]
    public void Next_IsOfVersionSevenAndCarriesItsTime()
    {
        var id = RequestIds.Next(Now);

        Assert.Equal((7, 0b10), (id.Version, id.Variant >> 2));
        Assert.Equal(Guid.CreateVersion7(Now).ToString()[..13], id.ToString()[..13]);
    }

    [Fact]
    public void Next_ManyThreadsAtOnce_NeverTheSameTwice()
    {
        var ids = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8).SelectMany(_ => Enumerable.Range(0, 5_000).Select(_ => RequestIds.Next(Now))).ToList();

        Assert.Equal(40_000, ids.Distinct().Count());
    }
}
