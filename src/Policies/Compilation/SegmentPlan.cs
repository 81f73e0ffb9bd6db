using System.Collections.Frozen;
using System.Collections.Immutable;
using EdgeFilter.Detection;

namespace EdgeFilter.Policies.Compilation;

/// <summary>What has to be done for segments of one direction and role. Immutable.</summary>
public sealed class SegmentPlan
{
    private static long lastIdentity;
    private readonly FrozenDictionary<DetectorInfo, CompiledRule[]> localRules;
    private readonly long identity = Interlocked.Increment(ref lastIdentity);

    internal SegmentPlan(Direction direction, ImmutableArray<CompiledRule> rules, DetectionPlan detection)
    {
        Rules = rules;
        Detection = detection.IsEmpty ? detection : detection.With(new StricterRules(rules));
        localRules = rules
            .Where(r => r.When.IsLocal)
            .SelectMany(r => r.When.Flatten().OfType<FindingCondition>().SelectMany(c => c.Detectors).Distinct().Select(d => (d, r)))
            .GroupBy(p => p.d)
            .ToFrozenDictionary(g => g.Key, g => g.Select(p => p.r).Distinct().ToArray());
        Classifiers = [.. rules.SelectMany(r => r.When.Flatten())
            .Select(c => c switch { ClassifierCondition score => score.Classifier, LanguageCondition language => language.Classifier, _ => null })
            .OfType<EdgeFilter.Detection.Classifiers.ITextClassifier>().Distinct()];
        TextRules = [.. rules.Where(r => !r.When.IsLocal)];
        LocalClassifierRules = [.. rules.Where(r => r.When.IsLocal && r.When.Flatten().OfType<ClassifierCondition>().Any())];
        Stream = rules.Length == 0 ? StreamMode.Immediate : rules.Max(EffectiveMode);
        if (direction == Direction.Prompt && Classifiers.Length > 0)
        {
            // Prompts arrive whole: their classifiers see the largest windows, not a growing text.
            Stream = StreamMode.Whole;
        }

        MayChange = rules.Any(r => r is { Then: > PolicyAction.Log, Shadow: false });
        WatchesLeaks = rules.SelectMany(r => r.When.Flatten()).OfType<PromptLeakCondition>().Any();
        DependsOnFacts = WatchesLeaks || rules.SelectMany(r => r.When.Flatten()).OfType<ToolCondition>().Any();
        KeepsEvidence = rules.Any(r => r.Evidence == Evidence.Sealed);
        MayBlock = rules.Any(r => r is { Then: PolicyAction.Block, Shadow: false });
    }

    /// <summary>A number that no other plan of this process has.</summary>
    public ref readonly long Identity => ref identity;

    public static SegmentPlan Empty { get; } = new(Direction.Prompt, [], DetectionPlan.Empty);

    /// <summary>The rules that apply, in the fixed order in which ties are broken.</summary>
    public ImmutableArray<CompiledRule> Rules { get; }

    public DetectionPlan Detection { get; }

    public ImmutableArray<EdgeFilter.Detection.Classifiers.ITextClassifier> Classifiers { get; }

    /// <summary>Rules that need to see a text's findings together.</summary>
    public ImmutableArray<CompiledRule> TextRules { get; }

    /// <summary>Rules that a classifier's score of one window decides alone.</summary>
    public ImmutableArray<CompiledRule> LocalClassifierRules { get; }

    /// <summary>What the reader of a stream waits for under these rules.</summary>
    public StreamMode Stream { get; }

    public bool IsEmpty => Rules.Length == 0;

    /// <summary>True when some rule could alter or stop the text.</summary>
    public bool MayChange { get; }

    public bool MayBlock { get; }

    /// <summary>True when some rule keeps the text it applied to, sealed.</summary>
    public bool KeepsEvidence { get; }

    /// <summary>True when a rule asks whether the system prompt leaks.</summary>
    public bool WatchesLeaks { get; }

    /// <summary>True when more than the text decides: the tool it belongs to, or what the system prompt says.</summary>
    public bool DependsOnFacts { get; }

    /// <summary>The rules that one finding of a detector can decide alone.</summary>
    public ReadOnlySpan<CompiledRule> LocalRulesOf(DetectorInfo detector) =>
        localRules.TryGetValue(detector, out var rules) ? rules : [];

    /// <summary>
    /// What a rule makes the reader wait for. An author may ask for more waiting; less than the rule needs to keep its promise
    /// (a stream is filtered exactly as the whole text) is not to be had.
    /// </summary>
    public static StreamMode EffectiveMode(CompiledRule rule)
    {
        if (rule.Shadow || rule.Then <= PolicyAction.Log)
        {
            return StreamMode.Immediate;
        }

        var needed = StreamMode.Immediate;
        if (!rule.When.IsLocal && (rule.Then != PolicyAction.Block || !rule.When.IsMonotone))
        {
            needed = StreamMode.Whole;
        }
        else if (rule.Then != PolicyAction.Block && rule.When.Flatten().OfType<ClassifierCondition>().Any())
        {
            needed = StreamMode.Sentence;
        }

        return needed > rule.Stream ? needed : rule.Stream;
    }
}
