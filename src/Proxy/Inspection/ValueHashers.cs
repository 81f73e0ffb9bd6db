using EdgeFilter.Policies.Filtering;
using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>Stand-ins and fingerprints come from one key, kept where the block log keeps its keys, so that they outlive a restart.</summary>
internal static class ValueHashers
{
    public static IValueHasher From(FingerprintKey key) => new HmacValueHasher(key.Derive("edgefilter value hash"u8));
}
