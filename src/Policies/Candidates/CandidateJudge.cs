using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Decisions;
using EdgeFilter.Policies.Filtering;

namespace EdgeFilter.Policies.Candidates;

/// <summary>Judges the texts of one exchange as a candidate would. Not thread-safe.</summary>
/// <param name="policy">What the candidate would have applied to it.</param>
/// <param name="hasher">For fingerprints, which the report leaves out.</param>
/// <param name="cache">Remembers texts in which the candidate finds nothing: a conversation sends its history with every turn.</param>
/// <param name="clock">The time of exceptions and waivers.</param>
public sealed class CandidateJudge(CompiledPolicy policy, IValueHasher hasher, CleanTextCache cache, TimeProvider clock)
{
    private readonly SystemPhrases? phrases = SystemPhrases.For(policy);

    /// <summary>Judges a text, and adds to the actions what rules would have done. Texts come in their order, prompts first.</summary>
    public void Judge(Direction direction, SegmentRole role, string tool, ReadOnlySpan<char> text, RuleActions actions)
    {
        if (direction == Direction.Prompt && role is SegmentRole.System or SegmentRole.Developer)
        {
            phrases?.Add(text);
        }

        var plan = policy.PlanFor(direction, role);
        if (plan.IsEmpty || text.IsEmpty || (cache.KeyOf(plan, text) is { } known && cache.IsKnownClean(known)))
        {
            return;
        }

        using var filter = new TextFilter(plan, hasher, new SegmentFacts { Tool = tool, SystemPhrases = phrases }, clock);
        filter.FilterWhole(text);
        if (filter.Hits.Count > 0)
        {
            actions.Add(filter.Hits);
        }
        else if (cache.KeyOf(plan, text) is { } clean)
        {
            cache.Remember(clean);
        }
    }

    /// <summary>Judges a part that nobody reads.</summary>
    public void Judge(Direction direction, in UninspectedPart part, RuleActions actions) =>
        actions.Add(PartJudge.Judge(policy, direction, part, clock.GetUtcNow()));
}
