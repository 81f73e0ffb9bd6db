using EdgeFilter.Policies.Compilation;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>What came of the inspection of a body.</summary>
/// <param name="BlockedBy">The rule that stops it; null when it may go on.</param>
/// <param name="ReroutedBy">The rule that wants another cluster; null without one.</param>
/// <param name="Line">The line of a file that <paramref name="BlockedBy"/> is about, from 1; 0 for none.</param>
internal readonly record struct BodyVerdict(CompiledRule? BlockedBy, CompiledRule? ReroutedBy, int Line = 0)
{
    /// <summary>Both together: the first that blocks, and the first that wants another cluster.</summary>
    public BodyVerdict And(BodyVerdict other) => new(
        BlockedBy ?? other.BlockedBy, ReroutedBy ?? other.ReroutedBy, BlockedBy is null ? other.Line : Line);
}
