using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Filtering;

namespace EdgeFilter.Policies.Tests.Compilation;

public sealed class OwnDetectorsTests
{
    private const string Policy = """
        policy: acme
        version: 1.0.0
        dictionaries:
          projects: { entity: PROJECT_NAME, words: [Blue Heron, Straße, Ωmega] }
        patterns:
          tickets: { entity: TICKET, pattern: '\bTCK-\d{4,6}\b' }
        rules:
          - { id: projects, in: [prompt], find: { dictionaries: [projects] }, then: redact }
          - { id: tickets, in: [prompt], find: { entities: [TICKET] }, then: redact }
          - { id: canary, in: [output], find: { canary-tokens: [kanarie-7f3a9c] }, then: block }
        """;

    private const string Child = "policy: child\nversion: 1.0.0\nextends: [acme]\nrules:\n  - { id: more, in: [output], find: { patterns: [tickets], dictionaries: [projects] }, then: mask }\n";

    [Theory]
    [InlineData("about blue  heron", "about [PROJECT_NAME]")]
    [InlineData("blueheron", "blueheron")]
    [InlineData("see TCK-12345.", "see [TICKET].")]
    [InlineData("TCK-1", "TCK-1")]
    public void For_OwnWordsAndPatterns_AreFound(string text, string filtered) => Assert.Equal(filtered, Filter(Direction.Prompt, text, out _));

    [Fact]
    public void For_CanaryTokenInsideAWord_IsFound()
    {
        Filter(Direction.Output, "xxKANARIE-7F3A9Cyy", out var action);
        Assert.Equal(PolicyAction.Block, action);
    }

    [Fact]
    public void For_NamesOfAParent_AreSeen()
    {
        Filter(Direction.Output, "TCK-1234 and Blue Heron", out var action);
        Assert.Equal(PolicyAction.Mask, action);
    }

    private static string Filter(Direction direction, string text, out PolicyAction action)
    {
        var plan = Some.Selector(Policy, Child).For(PolicyContext.Anyone).PlanFor(direction, direction == Direction.Prompt ? SegmentRole.User : SegmentRole.Assistant);
        using var filter = new TextFilter(plan, HmacValueHasher.Ephemeral());
        var filtered = text;
        foreach (var edit in filter.FilterWhole(text).Reverse())
        {
            filtered = string.Concat(filtered.AsSpan(0, edit.Span.Start), edit.Replacement, filtered.AsSpan(edit.Span.End));
        }

        action = filter.Action;
        return filtered;
    }
}
