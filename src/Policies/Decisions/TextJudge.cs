using EdgeFilter.Detection;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Filtering;

namespace EdgeFilter.Policies.Decisions;

/// <summary>
/// Holds findings and scores of one text against the rules of its plan: which rules apply, what is edited, whether it is blocked.
/// Fed in order of place, in any portions. Not thread-safe.
/// </summary>
internal sealed class TextJudge
{
    private readonly SegmentPlan plan;
    private readonly SegmentFacts facts;
    private readonly IValueHasher hasher;
    private readonly DateTimeOffset now;
    private readonly HitList hits = new();
    private readonly TextRuleState[] textRules;
    private readonly PhraseReader? phrases;

    public TextJudge(SegmentPlan plan, SegmentFacts facts, IValueHasher hasher, DateTimeOffset now)
    {
        this.plan = plan;
        this.facts = facts;
        this.hasher = hasher;
        this.now = now;
        phrases = facts.SystemPhrases is { } system && plan.WatchesLeaks ? new PhraseReader(system, isCollecting: false) : null;
        textRules = plan.TextRules.IsEmpty ? [] : [.. plan.TextRules.Select(r => new TextRuleState(r))];
    }

    public IReadOnlyList<RuleHit> Hits => hits.Hits;

    public EditList Edits { get; } = new();

    /// <summary>The rule that stops the text; null while it may go on.</summary>
    public CompiledRule? BlockedBy { get; private set; }

    /// <summary>Text from here on is not to be shown once it is blocked.</summary>
    public int BlockedFrom { get; private set; } = int.MaxValue;

    /// <summary>The rule that wants another cluster; null without one.</summary>
    public CompiledRule? ReroutedBy { get; private set; }

    /// <summary>Reads what arrived, for rules on what the system prompt says.</summary>
    public void Read(ReadOnlySpan<char> piece, bool isFinal)
    {
        phrases?.Read(piece);
        if (isFinal)
        {
            phrases?.End();
        }
    }

    /// <summary>Counts findings for the rules that look at the text as a whole. Comes before <see cref="Apply"/> of the same findings.</summary>
    public void Count(ReadOnlySpan<Finding> findings, ReadOnlySpan<char> text, int textStart)
    {
        if (textRules.Length == 0)
        {
            return;
        }

        foreach (ref readonly var finding in findings)
        {
            var value = text.Slice(finding.Span.Start - textStart, finding.Span.Length);
            string? fingerprint = null;
            foreach (var state in textRules)
            {
                if (state.Matches(finding, value) && ExceptionOf(state.Rule, value) is null)
                {
                    state.Count(finding, value, fingerprint ??= FingerprintOf(value));
                }
            }
        }
    }

    /// <summary>Applies the rules that one finding decides alone, and those text rules that hold.</summary>
    public void Apply(ReadOnlySpan<Finding> findings, ReadOnlySpan<char> text, int textStart)
    {
        foreach (ref readonly var finding in findings)
        {
            var value = text.Slice(finding.Span.Start - textStart, finding.Span.Length);
            string? fingerprint = null;
            foreach (var rule in plan.LocalRulesOf(finding.Detector))
            {
                if (MatchesLocally(rule.When, finding, value))
                {
                    Apply(rule, finding, value, ref fingerprint);
                }
            }

            foreach (var state in textRules)
            {
                if (state.Applied && state.Rule is { Shadow: false, Then: > PolicyAction.Log and < PolicyAction.Reroute }
                    && state.Matches(finding, value) && ExceptionOf(state.Rule, value) is null)
                {
                    Edits.Add(state.Rule, finding.Entity, finding.Span);
                }
            }
        }
    }

    /// <summary>Applies the rules that the classifiers' scores of the last window decide alone.</summary>
    /// <param name="span">The part of the text that the window adds.</param>
    /// <param name="classifiers">Holds the scores.</param>
    public void ApplyScores(TextSpan span, ClassifierJudge classifiers)
    {
        foreach (var rule in plan.LocalClassifierRules)
        {
            foreach (var condition in rule.When.Flatten())
            {
                if (condition is not ClassifierCondition score)
                {
                    continue;
                }

                var latest = classifiers.Latest(score.Classifier, score.Label);
                if (latest is null)
                {
                    Fail(rule);
                }
                else if (latest >= score.AtLeast)
                {
                    var hit = hits.Of(rule, ExceptionOf(rule, []));
                    if (latest > hit.Score)
                    {
                        hit.Score = latest.Value;
                        hit.Classifier = $"{score.Classifier.Name}:{score.Classifier.Labels[score.Label]}";
                        hit.Stage = classifiers.LatestStage(score.Classifier);
                    }

                    Act(hit, "TEXT", span);
                }
            }
        }
    }

    /// <summary>Evaluates the rules that look at the text as a whole.</summary>
    /// <param name="length">How much text there is.</param>
    /// <param name="classifiers">Holds the scores; null without classifiers.</param>
    /// <param name="isFinal">True when the text has ended; before, only rules that more text can't undo are evaluated.</param>
    public void ApplyTextRules(int length, ClassifierJudge? classifiers, bool isFinal)
    {
        foreach (var state in textRules)
        {
            if (state.Applied || (!isFinal && !state.Rule.When.IsMonotone))
            {
                continue;
            }

            var holds = state.Holds(length, facts, classifiers, phrases);
            if (holds is null)
            {
                Fail(state.Rule);
            }
            else if (holds == true)
            {
                state.Applied = true;
                var hit = hits.Of(state.Rule, state.Evidence.Count == 0 ? ExceptionOf(state.Rule, []) : null);
                foreach (var evidence in state.Evidence)
                {
                    hit.Add(evidence);
                }

                // Its edits, if any, fall on its findings: Apply adds them.
                Act(hit, "TEXT", state.Evidence.Count == 0 ? new TextSpan(0, length) : default);
            }
        }
    }

    private void Apply(CompiledRule rule, in Finding finding, ReadOnlySpan<char> value, ref string? fingerprint)
    {
        // A keyed hash costs more than the decision: only for what is kept.
        var hit = hits.Of(rule, ExceptionOf(rule, value));
        hit.Add(new FindingEvidence(
            finding.Detector, finding.Span, finding.Confidence, hit.KeepsMore ? fingerprint ??= FingerprintOf(value) : ""));
        Act(hit, finding.Entity, finding.Span);
    }

    private void Fail(CompiledRule rule)
    {
        var hit = hits.Of(rule);
        hit.Failed = true;
        if (hit.Action == PolicyAction.Block)
        {
            Block(rule, 0);
        }
    }

    private void Act(RuleHit hit, string entity, TextSpan span)
    {
        switch (hit.Action)
        {
            case PolicyAction.Block:
                Block(hit.Rule, span.Start);
                break;
            case PolicyAction.Reroute:
                ReroutedBy ??= hit.Rule;
                break;
            case > PolicyAction.Log when span.Length > 0:
                Edits.Add(hit.Rule, entity, span);
                break;
            default:
                break;
        }
    }

    private void Block(CompiledRule rule, int from)
    {
        BlockedBy ??= rule;
        BlockedFrom = Math.Min(BlockedFrom, from);
    }

    private CompiledException? ExceptionOf(CompiledRule rule, ReadOnlySpan<char> value)
    {
        foreach (var exception in rule.Exceptions)
        {
            if (exception.Covers(value, now))
            {
                return exception;
            }
        }

        return null;
    }

    private static bool MatchesLocally(CompiledCondition condition, in Finding finding, ReadOnlySpan<char> value)
    {
        switch (condition)
        {
            case FindingCondition one:
                return one.Matches(finding, value);
            case CombinedCondition combined:
                foreach (var part in combined.Parts)
                {
                    if (MatchesLocally(part, finding, value))
                    {
                        return true;
                    }
                }

                return false;
            default:
                return false;
        }
    }

    private string FingerprintOf(ReadOnlySpan<char> value)
    {
        Span<byte> mac = stackalloc byte[32];
        hasher.Hash(value, mac);
        return Convert.ToHexString(mac[..16]);
    }
}
