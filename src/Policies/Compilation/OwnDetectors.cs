using EdgeFilter.Detection;
using EdgeFilter.Detection.Patterns;
using EdgeFilter.Policies.Documents;

namespace EdgeFilter.Policies.Compilation;

/// <summary>Detectors that policies bring along: their patterns, dictionaries and canary tokens.</summary>
internal sealed class OwnDetectors
{
    /// <summary>Where unbounded repetition of an author's expression ends: what bounds the cost of trying it at every place.</summary>
    private const int UnboundedLength = 256;

    // Words have at most 200 characters, expressions 8,192.
    private const int WordsInOnePattern = 25;

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
            Words(info, named.Value.Words, named.Value.IgnoreCase?.Value ?? true, named.Value.WholeWords?.Value ?? true));

    public DetectorInfo Canaries(PolicyDocument policy, RuleDocument rule, IReadOnlyList<Written<string>> tokens) =>
        Get($"{policy.NameOrFile}/{rule.IdOrPlace}/{tokens[0].At.Line}:{tokens[0].At.Column}", "CANARY_TOKEN", "Canary token", info => Words(info, tokens, ignoreCase: true, wholeWords: false));

    private static PatternFamily Words(DetectorInfo info, IEnumerable<Written<string>> words, bool ignoreCase, bool wholeWords)
    {
        var boundary = wholeWords ? @"\b" : "";
        return new PatternFamily(
            info,
            words.Chunk(WordsInOnePattern).Select(chunk =>
                LinearPattern.Parse(boundary + "(?:" + string.Join('|', chunk.Select(w => Escape(w.Value))) + ")" + boundary, ignoreCase)),
            []);
    }

    private static string Escape(string word) =>
        string.Concat(word.Select(c => char.IsLetterOrDigit(c) || c > 127 || c == ' ' ? c.ToString() : $"\\u{(int)c:X4}"));

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
