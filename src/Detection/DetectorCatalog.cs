using System.Collections.Frozen;

namespace EdgeFilter.Detection;

/// <summary>Every detector there is, by id and by entity. Built once; a duplicate id stops the start.</summary>
public sealed class DetectorCatalog
{
    private readonly IReadOnlyList<IDetectorFamily> families;
    private readonly FrozenDictionary<string, DetectorInfo> byId;
    private readonly FrozenDictionary<string, DetectorInfo[]> byEntity;

    public DetectorCatalog(IEnumerable<IDetectorFamily> families)
    {
        this.families = [.. families];
        var all = this.families.SelectMany(f => f.Detectors).ToArray();
        var ids = new Dictionary<string, DetectorInfo>(StringComparer.Ordinal);
        foreach (var detector in all)
        {
            if (!ids.TryAdd(detector.Id, detector))
            {
                throw new InvalidOperationException($"Two detectors share the id '{detector.Id}'.");
            }
        }

        Detectors = [.. all.OrderBy(d => d.Id, StringComparer.Ordinal)];
        byId = ids.ToFrozenDictionary(StringComparer.Ordinal);
        byEntity = all
            .SelectMany(d => d.Aliases.Prepend(d.Entity).Select(name => (name, d)))
            .GroupBy(p => p.name, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.Select(p => p.d).Distinct().ToArray(), StringComparer.Ordinal);
    }

    /// <summary>All detectors, ordered by id.</summary>
    public IReadOnlyList<DetectorInfo> Detectors { get; }

    /// <summary>All entity names and aliases that a policy may write.</summary>
    public IEnumerable<string> EntityNames => byEntity.Keys;

    public DetectorInfo? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>The detectors of an entity or alias; empty when there is none of that name.</summary>
    public IReadOnlyList<DetectorInfo> OfEntity(string entity) => byEntity.GetValueOrDefault(entity) ?? [];

    /// <summary>Compiles a plan that looks for these detectors and for nothing else.</summary>
    /// <param name="wanted">Detectors of this catalogue.</param>
    /// <param name="extra">Families that a policy brings along (its own patterns and dictionaries); all their detectors run.</param>
    public DetectionPlan Compile(IEnumerable<DetectorInfo> wanted, IEnumerable<IDetectorFamily>? extra = null)
    {
        var set = wanted.ToHashSet();
        var recognisers = new List<IRecogniser>();
        foreach (var family in families)
        {
            var members = family.Detectors.Where(set.Contains).ToArray();
            if (members.Length > 0)
            {
                recognisers.Add(family.Compile(members));
            }
        }

        foreach (var family in extra ?? [])
        {
            recognisers.Add(family.Compile(family.Detectors.ToArray()));
        }

        return new DetectionPlan([.. recognisers]);
    }
}
