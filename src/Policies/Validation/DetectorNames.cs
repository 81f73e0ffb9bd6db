using System.Collections.Frozen;
using EdgeFilter.Detection;

namespace EdgeFilter.Policies.Validation;

/// <summary>What authors may name: the catalogue's detectors by entity, by class and as secrets.</summary>
internal sealed class DetectorNames
{
    private readonly FrozenDictionary<string, DetectorInfo[]> byClass;

    public DetectorNames(DetectorCatalog catalog)
    {
        Catalog = catalog;
        byClass = catalog.Detectors
            .Where(d => d.Category.Length > 0)
            .GroupBy(d => Words.Kebab(d.Category), StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        Secrets = [.. catalog.Detectors.Where(IsSecret)];
    }

    public DetectorCatalog Catalog { get; }

    public IEnumerable<string> Classes => byClass.Keys;

    public IReadOnlyList<DetectorInfo> Secrets { get; }

    public IReadOnlyList<DetectorInfo> OfClass(string name) => byClass.GetValueOrDefault(name) ?? [];

    public static bool IsSecret(DetectorInfo detector) =>
        detector.Entity == "SECRET" || detector.Category.StartsWith("secret", StringComparison.Ordinal);
}
