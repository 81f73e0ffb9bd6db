using System.Collections.Concurrent;
using System.Collections.Immutable;
using EdgeFilter.Detection;

namespace EdgeFilter.Policies.Compilation;

/// <summary>
/// A finding may stand for one that it covers only where every rule that would have acted on the covered one also acts on it, or
/// another rule acts on it at least as strictly. So a rule that is added can never take away what another rule asked for (law 6).
/// </summary>
internal sealed class StricterRules(ImmutableArray<CompiledRule> rules) : IOverlapPreference
{
    private const float Never = float.PositiveInfinity;

    // Which detectors' findings cover one another is a matter of few pairs, known after the first texts.
    private readonly ConcurrentDictionary<(DetectorInfo Other, DetectorInfo Finding), float> needed = new();

    public bool MayReplace(in Finding other, in Finding finding) =>
        other.Confidence >= needed.GetOrAdd((other.Detector, finding.Detector), static (pair, rules) => Needed(pair.Other, pair.Finding, rules), rules);

    /// <summary>The confidence from which one detector's finding may stand for another's.</summary>
    private static float Needed(DetectorInfo other, DetectorInfo finding, ImmutableArray<CompiledRule> rules)
    {
        var needed = 0f;
        foreach (var rule in rules)
        {
            var asking = rule.When.Flatten().OfType<FindingCondition>().Where(c => c.Detectors.Contains(finding)).ToArray();
            if (asking.Length == 0)
            {
                continue;
            }

            if (!rule.When.IsLocal)
            {
                // It counts findings, or reads them together: one that is gone could change its verdict on the others.
                return Never;
            }

            var itself = rule.Exceptions.IsEmpty && asking.All(c => c.Accepts is null && c.Detectors.Contains(other)) ? asking.Max(c => c.AtLeast) : Never;
            var stricter = rules.Where(r => r.Then >= rule.Then && ActsAlone(r)).Select(r => AloneFrom(r, other)).DefaultIfEmpty(Never).Min();
            needed = Math.Max(needed, Math.Min(itself, stricter));
        }

        return needed;
    }

    private static bool ActsAlone(CompiledRule rule) => rule is { Shadow: false, Exceptions.IsEmpty: true } && rule.When.IsLocal;

    private static float AloneFrom(CompiledRule rule, DetectorInfo detector) => rule.When.Flatten().OfType<FindingCondition>()
        .Where(c => c.Accepts is null && c.Detectors.Contains(detector)).Select(c => c.AtLeast).DefaultIfEmpty(Never).Min();
}
