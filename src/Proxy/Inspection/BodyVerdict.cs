using EdgeFilter.Policies.Compilation;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>What came of the inspection of a body.</summary>
/// <param name="BlockedBy">The rule that stops it; null when it may go on.</param>
/// <param name="ReroutedBy">The rule that wants another cluster; null without one.</param>
internal readonly record struct BodyVerdict(CompiledRule? BlockedBy, CompiledRule? ReroutedBy);
