using EdgeFilter.Detection;
using EdgeFilter.Policies.Compilation;

namespace EdgeFilter.Policies.Decisions;

/// <summary>What a rule that looks at a text as a whole has seen so far.</summary>
internal sealed class TextRuleState
{
    private readonly FindingCondition[] conditions;
    private readonly int[] counts;
    private readonly int[] countedTo;
    private readonly List<FindingEvidence> evidence = [];

    public TextRuleState(CompiledRule rule)
    {
        Rule = rule;
        conditions = [.. rule.When.Flatten().OfType<FindingCondition>()];
        counts = new int[conditions.Length];
        countedTo = new int[conditions.Length];
    }

    public CompiledRule Rule { get; }

    public bool Applied { get; set; }

    public IReadOnlyList<FindingEvidence> Evidence => evidence;

    public bool Matches(in Finding finding, ReadOnlySpan<char> value)
    {
        foreach (var condition in conditions)
        {
            if (condition.Matches(finding, value))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Counts a finding that one of the conditions accepts. What counts is places: a number that may be the tax number of two
    /// countries is one.
    /// </summary>
    public void Count(in Finding finding, ReadOnlySpan<char> value, string fingerprint)
    {
        for (var i = 0; i < conditions.Length; i++)
        {
            if (finding.Span.Start >= countedTo[i] && conditions[i].Matches(finding, value))
            {
                counts[i]++;
                countedTo[i] = finding.Span.End;
            }
        }

        evidence.Add(new FindingEvidence(finding.Detector, finding.Span, finding.Confidence, fingerprint));
    }

    /// <summary>Whether the rule's condition holds; null when a classifier that it needs could not answer.</summary>
    public bool? Holds(int length, SegmentFacts facts, ClassifierJudge? classifiers, PhraseReader? phrases) =>
        Holds(Rule.When, length, facts, classifiers, phrases);

    private bool? Holds(CompiledCondition condition, int length, SegmentFacts facts, ClassifierJudge? classifiers, PhraseReader? phrases)
    {
        switch (condition)
        {
            case FindingCondition finding:
                return counts[Array.IndexOf(conditions, finding)] >= finding.Count;
            case ClassifierCondition score:
                return classifiers?.Highest(score.Classifier, score.Label) is { } highest ? highest >= score.AtLeast : null;
            case SizeCondition size:
                return length >= size.AtLeast;
            case ToolCondition tool:
                return tool.Names.Any(pattern => NamePattern.Matches(pattern, facts.Tool));
            case PromptLeakCondition leak:
                return phrases?.Repeats(leak.Words) ?? false;
            case LanguageCondition language:
                return SpeaksOneOf(language, classifiers);
            case CombinedCondition combined:
                return Combine(combined, combined.Parts.Select(p => Holds(p, length, facts, classifiers, phrases)));
            default:
                throw new InvalidOperationException($"Unknown condition {condition.GetType().Name}.");
        }
    }

    // Three-valued: what can't be known stays unknown unless the known parts settle it.
    private static bool? Combine(CombinedCondition condition, IEnumerable<bool?> parts)
    {
        var (anyTrue, anyFalse, anyUnknown) = (false, false, false);
        foreach (var part in parts)
        {
            anyTrue |= part == true;
            anyFalse |= part == false;
            anyUnknown |= part is null;
        }

        return condition.Kind switch
        {
            Combination.All => anyFalse ? false : anyUnknown ? null : true,
            Combination.Any => anyTrue ? true : anyUnknown ? null : false,
            _ => anyTrue ? false : anyUnknown ? null : true,
        };
    }

    private static bool? SpeaksOneOf(LanguageCondition condition, ClassifierJudge? classifiers)
    {
        var best = -1;
        var bestScore = 0f;
        for (var label = 0; label < condition.Classifier.Labels.Count; label++)
        {
            if (classifiers?.Highest(condition.Classifier, label) is not { } score)
            {
                return null;
            }

            if (score > bestScore)
            {
                (best, bestScore) = (label, score);
            }
        }

        return bestScore >= LanguageCondition.ClearFrom && condition.Languages.Contains(best) != condition.Except;
    }
}
