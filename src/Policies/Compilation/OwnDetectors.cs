using EdgeFilter.Detection;
using EdgeFilter.Detection.Patterns;
using EdgeFilter.Detection.Terms;
using EdgeFilter.Policies.Documents;

namespace EdgeFilter.Policies.Compilation;

/// <summary>Detectors that policies bring along: their patterns, dictionaries and canary tokens.</summary>
internal sealed class OwnDetectors
{
    /// <summary>Where unbounded repetition of an author's expression ends: what bounds the cost of trying it at every place.</summary>
    private const int UnboundedLength = 256;

    private readonly Dictionary<string, DetectorInfo> byId = new(StringComparer.Ordinal);
    private readonly Dictionary<DetectorInfo, IDetectorFamily> families = [];

    public bool Contains(DetectorInfo detector) => families.ContainsKey(detector);

    public IDetectorFamily FamilyOf(DetectorInfo detector) => families[detector];

    /// <summary>The detectors of an entity that this policy's own patterns and dictionaries define.</summary>
    public IEnumerable<DetectorInfo> OfEntity(IReadOnlyList<PolicyDocument> lineage, string entity)
    {
        foreach (var policy in lineage)
        {
            foreach (var pattern in policy.Patterns.Where(p => p.Value.Entity!.Value == entity))
            {
                yield return Pattern(policy, pattern);
            }

            foreach (var dictionary in policy.Dictionaries.Where(d => d.Value.Entity!.Value == entity))
            {
                yield return Dictionary(policy, dictionary);
            }
        }
    }

    public DetectorInfo Pattern(PolicyDocument policy, Named<PatternDocument> named) =>
        Get($"{policy.NameOrFile}/pattern/{named.Name.Value}", named.Value.Entity!.Value, named.Name.Value, info =>
            new PatternFamily(
                info,
                [LinearPattern.Parse(named.Value.Pattern!.Value, named.Value.IgnoreCase?.Value ?? false, UnboundedLength)],
                named.Value.Context.Select(c => c.Value)));

    public DetectorInfo Dictionary(PolicyDocument policy, Named<DictionaryDocument> named) =>
        Get($"{policy.NameOrFile}/dictionary/{named.Name.Value}", named.Value.Entity!.Value, named.Name.Value, info =>
            DictionaryFamily.Create(info, named.Value.Words.Select(w => w.Value), new DictionaryOptions
            {
                IgnoreCase = named.Value.IgnoreCase?.Value ?? true,
                IgnoreDiacritics = named.Value.IgnoreAccents?.Value ?? false,
                WholeWords = named.Value.WholeWords?.Value ?? true,
                Leetspeak = named.Value.Leetspeak?.Value ?? false,
            }));

    public DetectorInfo Canaries(PolicyDocument policy, RuleDocument rule, IReadOnlyList<Written<string>> tokens) =>
        Get($"{policy.NameOrFile}/{rule.IdOrPlace}/{tokens[0].At.Line}:{tokens[0].At.Column}", "CANARY_TOKEN", "Canary token", info =>
            DictionaryFamily.Create(info, tokens.Select(t => t.Value), new DictionaryOptions { WholeWords = false, Confidence = Confidence.StrongChecksum }));

    private DetectorInfo Get(string id, string entity, string name, Func<DetectorInfo, IDetectorFamily> create)
    {
        if (!byId.TryGetValue(id, out var info))
        {
            info = new DetectorInfo
            {
                Id = id,
                Entity = entity,
                Name = name,
                Category = "own",
                Strength = DetectorStrength.Pattern,
                Specificity = 10,
            };
            byId.Add(id, info);
            families.Add(info, create(info));
        }

        return info;
    }
}
