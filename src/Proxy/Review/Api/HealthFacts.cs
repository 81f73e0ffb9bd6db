using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Review;

/// <summary>The parts of the proxy and whether each works, the block log first.</summary>
internal sealed class HealthFacts(IBlockLog log, ProxyView proxy)
{
    public IReadOnlyList<HealthFact> All()
    {
        var health = log.Health;
        var spooled = health.Spooled > 0 ? FormattableString.Invariant($" {health.Spooled} records wait in the spool.") : "";
        return
        [
            new HealthFact("block log", health.IsReady, (health.IsReady ? "Recording." : health.Fault.Advice()) + spooled),
            .. proxy.Facts?.Health().Where(fact => fact.Part != "block log") ?? [],
        ];
    }
}
