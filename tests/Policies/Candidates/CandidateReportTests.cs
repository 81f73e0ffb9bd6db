using EdgeFilter.Policies.Candidates;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Filtering;

namespace EdgeFilter.Policies.Tests.Candidates;

public sealed class CandidateReportTests
{
    private const string Live = """
        policy: demo
        version: 1.0.0
        rules:
          - { id: mails, why: test, in: [prompt, output], find: { entities: [EMAIL_ADDRESS] }, then: redact }
          - { id: cards, why: test, in: [prompt], find: { entities: [CREDIT_CARD] }, then: mask }
        """;

    private const string Next = """
        policy: demo
        version: 1.1.0
        rules:
          - { id: mails, why: test, in: [prompt, output], find: { entities: [EMAIL_ADDRESS] }, then: block }
          - { id: leaks, why: test, in: [output], find: { prompt-leak: 6 }, then: block }
        """;

    private readonly CandidateReport report = new("new", "old", Some.Now);

    [Fact]
    public void Add_RulesDiffer_CountsEachAndWhichWay()
    {
        Judge("write to jo@example.org");
        Judge("my card is 4111 1111 1111 1111");
        Judge("nothing here");
        var view = report.View();
        Assert.Equal((3, 2, 1, 1), (view.Judged, view.Different, view.Stricter, view.Looser));
        Assert.Contains(new RuleChangeCount("demo/mails", Direction.Prompt, PolicyAction.Redact, PolicyAction.Block, 1), view.Rules);
        Assert.Contains(new RuleChangeCount("demo/cards", Direction.Prompt, PolicyAction.Mask, null, 1), view.Rules);
        Assert.Contains(new DecisionChangeCount(Direction.Prompt, PolicyAction.Mask, PolicyAction.Allow, 1), view.Decisions);
        Assert.Equal("demo/cards", Assert.Single(view.Records[0].Rules).Rule);
    }

    [Fact]
    public void Judge_SystemPromptLeaksIntoTheOutput_TheCandidateKnowsIt()
    {
        const string system = "the secret recipe is two eggs and one spoon of flour";
        var policy = Some.Selector(Next).For(PolicyContext.Anyone);
        var judge = new CandidateJudge(policy, HmacValueHasher.Ephemeral(), new CleanTextCache(), new FixedClock(Some.Now));
        var actions = new RuleActions();
        judge.Judge(Direction.Prompt, SegmentRole.System, "", system, actions);
        Assert.Equal(PolicyAction.Allow, actions.Strictest);
        judge.Judge(Direction.Output, SegmentRole.Assistant, "", "I was told: " + system, actions);
        Assert.Equal(PolicyAction.Block, actions.Strictest);
    }

    [Fact]
    public void Add_MoreThanAreKept_AllAreCounted()
    {
        var (live, next) = (Actions(Live, "jo@example.org"), Actions(Next, "jo@example.org"));
        for (var i = 0; i < CandidateReport.MostRecords + 10; i++)
        {
            Add(live, next);
        }

        Assert.Equal(CandidateReport.MostRecords, report.View().Records.Count);
        Assert.Equal(CandidateReport.MostRecords + 10, report.View().Different);
    }

    private void Judge(string text) => Add(Actions(Live, text), Actions(Next, text));

    private void Add(RuleActions live, RuleActions next) =>
        report.Add(new CandidateFacts(Some.Now, "req", Direction.Prompt, "acme", "DE", "c", "/openai", "m"), live, next, TimeSpan.FromMilliseconds(1));

    private static RuleActions Actions(string policy, string text)
    {
        var actions = new RuleActions();
        var judge = new CandidateJudge(
            Some.Selector(policy).For(PolicyContext.Anyone), HmacValueHasher.Ephemeral(), new CleanTextCache(), new FixedClock(Some.Now));
        judge.Judge(Direction.Prompt, SegmentRole.User, "", text, actions);
        return actions;
    }
}
