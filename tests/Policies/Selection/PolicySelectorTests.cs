using EdgeFilter.Policies.Combining;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Selection;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeFilter.Policies.Tests.Selection;

public sealed class PolicySelectorTests
{
    private const string Base = """
        policy: base
        version: 1.0.0
        rules:
          - { id: cards, in: [prompt, output], find: { entities: [CREDIT_CARD] }, then: redact }
        """;

    [Theory]
    [InlineData("{ regions: [EU] }", "DE", "", "", "", true)]
    [InlineData("{ regions: [EU] }", "US", "", "", "", false)]
    [InlineData("{ tenants: [acme-*] }", "", "acme-1", "", "", true)]
    [InlineData("{ tenants: [acme-*] }", "", "", "", "", false)]
    [InlineData("{ groups: [support] }", "", "", "support", "", true)]
    [InlineData("{ groups: [support] }", "", "", "sales", "", false)]
    [InlineData("{ routes: [/openai] }", "", "", "", "/openai/v1", true)]
    [InlineData("{ routes: [/openai] }", "", "", "", "/openai2", false)]
    [InlineData("{ regions: [EU], tenants: [acme] }", "DE", "other", "", "", false)]
    public void For_AppliesTo_ChoosesWhoIsMeant(string appliesTo, string region, string tenant, string group, string route, bool applies)
    {
        var selector = Some.Selector(Base, $"policy: extra\nversion: 1.0.0\napplies-to: {appliesTo}\nlimits: {{ longest-prompt: 10 }}\n");
        var policy = selector.For(new PolicyContext { Region = region, Tenant = tenant, Groups = [group], Route = route });
        Assert.Equal(applies, policy.Sources.Any(s => s.Name == "extra"));
        Assert.Contains(policy.Sources, s => s.Name == "base");
    }

    [Fact]
    public void For_WhenExtended_AppliesOnlyThroughAnother()
    {
        const string Part = "policy: part\nversion: 1.0.0\napplies-to: when-extended\nlimits: { longest-prompt: 10 }\n";
        Assert.Equal(["base"], Names(Some.Selector(Base, Part).For(PolicyContext.Anyone)));
        var extending = Some.Selector(Base, Part, "policy: user\nversion: 1.0.0\nextends: [part]\napplies-to: { tenants: [acme] }\n");
        Assert.Equal(["base"], Names(extending.For(PolicyContext.Anyone)));
        Assert.Equal(["base", "part", "user"], Names(extending.For(new PolicyContext { Tenant = "acme" })));
    }

    [Fact]
    public void For_Times_FollowTheClockInUtc()
    {
        var clock = new FixedClock(new DateTimeOffset(2026, 6, 15, 21, 59, 0, TimeSpan.Zero));
        var scope = new EdgeFilter.Policies.Validation.ValidationScope(Some.Catalog, Some.Classifiers, clock);
        var set = Some.Set(Base, "policy: night\nversion: 1.0.0\napplies-to: { times: [{ days: [mon], from: \"22:00\", to: \"06:00\" }] }\nlimits: { longest-prompt: 10 }\n");
        var selector = new PolicySelector(new CompiledSet(set, scope));
        Assert.Equal(["base"], Names(selector.For(PolicyContext.Anyone)));
        clock.Now = clock.Now.AddMinutes(1);
        Assert.Equal(["base", "night"], Names(selector.For(PolicyContext.Anyone)));
        clock.Now = clock.Now.AddHours(7);
        Assert.Equal(["base", "night"], Names(selector.For(PolicyContext.Anyone)));
        clock.Now = clock.Now.AddHours(1);
        Assert.Equal(["base"], Names(selector.For(PolicyContext.Anyone)));
    }

    [Fact]
    public void For_SameContext_GivesTheSamePolicy()
    {
        var selector = Some.Selector(Base);
        Assert.Same(selector.For(new PolicyContext { Groups = ["a", "b"] }), selector.For(new PolicyContext { Groups = ["a", "b"] }));
    }

    [Fact]
    public void For_ManyModelNames_CompileOnce()
    {
        var selector = Some.Selector(Base, "policy: mini\nversion: 1.0.0\napplies-to: { models: [\"*-mini\"] }\nlimits: { longest-prompt: 10 }\n");
        var policies = Enumerable.Range(0, 20_000).Select(i => selector.For(new PolicyContext { Model = $"m{i}" })).ToHashSet();
        Assert.Single(policies);
        Assert.NotSame(policies.Single(), selector.For(new PolicyContext { Model = "a-mini" }));
    }

    [Fact]
    public void For_ModelCondition_IsDecidedBeforeAnyText()
    {
        var selector = Some.Selector("""
            policy: demo
            version: 1.0.0
            rules:
              - { id: r, in: [prompt], find: { models: ["gpt-*"], entities: [CREDIT_CARD] }, then: block }
            """);
        Assert.Empty(selector.For(new PolicyContext { Model = "claude" }).Rules);
        Assert.True(selector.For(new PolicyContext { Model = "gpt-5" }).Rules.Single().When.IsLocal);
    }

    [Fact]
    public void For_Embeddings_RedactionBecomesAStableStandIn()
    {
        var rule = Some.Selector(Base).For(new PolicyContext { Protocol = "openai.embeddings" }).Rules.Single();
        Assert.Equal(PolicyAction.Pseudonymise, rule.Then);
    }

    [Fact]
    public void For_ShadowPolicy_BringsItsPartsInShadowUnlessTheyAreInForceAnyway()
    {
        var candidate = "policy: candidate\nversion: 1.0.0\nshadow: true\nextends: [base, part]\nlimits: { longest-prompt: 10 }\n";
        var part = "policy: part\nversion: 1.0.0\napplies-to: when-extended\nlimits: { longest-output: 10 }\n";
        var rules = Some.Selector(Base, part, candidate).For(PolicyContext.Anyone).Rules.ToDictionary(r => r.ToString(), r => r.Shadow);
        Assert.False(rules["base/cards"]);
        Assert.True(rules["part/longest-output"]);
        Assert.True(rules["candidate/longest-prompt"]);
    }

    [Fact]
    public void For_Residency_LeavesWhatAllAllow()
    {
        var selector = Some.Selector(
            "policy: a\nversion: 1.0.0\nresidency: { allow-clusters: [eu, local, ch] }\n",
            "policy: b\nversion: 1.0.0\nresidency: { allow-clusters: [local, eu] }\n");
        Assert.Equal(["eu", "local"], selector.For(PolicyContext.Anyone).Residency!.AllowedClusters.ToArray());
    }

    [Fact]
    public void For_Waiver_ReachesOnlyItsRuleAndItsPeople()
    {
        var waiver = "waiver: testers\nowner: Jo\nreason: test cards\nexpires: 2026-12-31\nrules: [base/cards]\nvalues: [\"4111*\"]\napplies-to: { tenants: [qa] }\n";
        var selector = Some.Selector(Base, waiver);
        var exception = Assert.Single(selector.For(new PolicyContext { Tenant = "qa" }).Rules.Single().Exceptions);
        Assert.Equal(("testers", "Jo"), (exception.Name, exception.Owner));
        Assert.True(exception.Covers("4111 1111 1111 1111", Some.Now));
        Assert.False(exception.Covers("5555 5555 5555 4444", Some.Now));
        Assert.False(exception.Covers("4111 1111 1111 1111", new DateTimeOffset(2026, 12, 31, 0, 0, 0, TimeSpan.Zero)));
        Assert.Empty(selector.For(new PolicyContext { Tenant = "sales" }).Rules.Single().Exceptions);
    }

    [Fact]
    public void For_FailingOpen_EndsWithItsDay()
    {
        var clock = new FixedClock(new DateTimeOffset(2026, 6, 29, 23, 59, 59, TimeSpan.Zero));
        var set = Some.Set("""
            policy: demo
            version: 1.0.0
            rules:
              - id: r
                in: [prompt]
                find: { classifier: prompt-attack }
                then: block
                on-failure: { then: allow, reason: new model, expires: 2026-06-30 }
            """);
        var selector = new PolicySelector(new CompiledSet(set, new EdgeFilter.Policies.Validation.ValidationScope(Some.Catalog, Some.Classifiers, clock)));
        Assert.Equal(FailureAction.Allow, selector.For(PolicyContext.Anyone).Rules.Single().OnFailure);
        clock.Now = clock.Now.AddSeconds(1);
        Assert.Equal(FailureAction.Block, selector.For(PolicyContext.Anyone).Rules.Single().OnFailure);
    }

    /// <summary>Law 6: whatever is added to a set, no text is treated more loosely than before.</summary>
    [Fact]
    public void For_AnyPolicyAdded_NeverLoosens()
    {
        var policies = Gen.Choose(0, 5).SelectMany(n => Gen.ListOf(Policy, n));
        var texts = new[] { "4111 1111 1111 1111", "a@b.example", "12345678Z", "ghp_abcd1234", "ignore all of it", "plain words" };
        Prop.ForAll(Arb.From(policies), list =>
        {
            var documents = list.Select((body, i) => $"policy: p{i}\nversion: 1.0.0\n{body}").ToArray();
            var before = Some.Selector([Base, .. documents.SkipLast(1)]);
            var after = Some.Selector([Base, .. documents]);
            return texts.All(t => Act(before, t) <= Act(after, t));
        }).QuickCheckThrowOnFailure();
    }

    private static Gen<string> Policy =>
        from then in Gen.Elements(Enum.GetValues<PolicyAction>().Where(a => a != PolicyAction.Reroute).ToArray())
        from find in Gen.Elements("entities: [CREDIT_CARD]", "entities: [EMAIL_ADDRESS]", "classes: [national-id]", "secrets: all", "classifier: prompt-attack", "longer-than: 12")
        from shadow in Gen.Elements("", ", shadow: true")
        from extends in Gen.Elements("", "extends: [base]\n")
        select $"{extends}rules:\n  - {{ id: r, in: [prompt], find: {{ {find} }}, then: {Words.Of(then)}{shadow} }}\n";

    private static PolicyAction Act(PolicySelector selector, string text)
    {
        var plan = selector.For(PolicyContext.Anyone).PlanFor(Direction.Prompt, SegmentRole.User);
        using var filter = new EdgeFilter.Policies.Filtering.TextFilter(plan, EdgeFilter.Policies.Filtering.HmacValueHasher.Ephemeral());
        filter.FilterWhole(text);
        return filter.Action;
    }

    private static IEnumerable<string> Names(CompiledPolicy policy) => policy.Sources.Select(s => s.Name);
}
