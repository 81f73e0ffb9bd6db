using System.Collections.Frozen;
using EdgeFilter.Detection;
using EdgeFilter.Detection.Classifiers;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Decisions;
using EdgeFilter.Policies.Filtering;

namespace EdgeFilter.Policies.Tests.Filtering;

/// <summary>Law 1: a stream is filtered exactly as the whole text.</summary>
public sealed class TextFilterTests
{
    private static readonly IValueHasher Hasher = new HmacValueHasher("0123456789abcdef"u8);
    private static readonly DetectorInfo Digits = Info("digits", "NUMBER");
    private static readonly DetectorInfo Words = Info("words", "WORD");

    public static TheoryData<PolicyAction, PolicyAction, StreamMode, int> Cases()
    {
        var cases = new TheoryData<PolicyAction, PolicyAction, StreamMode, int>();
        PolicyAction[] actions = [PolicyAction.Log, PolicyAction.Mask, PolicyAction.Redact, PolicyAction.Hash, PolicyAction.Pseudonymise, PolicyAction.Block];
        foreach (var numbers in actions)
        {
            foreach (var words in actions)
            {
                foreach (var mode in Enum.GetValues<StreamMode>())
                {
                    cases.Add(numbers, words, mode, ((int)numbers * 31) + (int)words);
                }
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Push_AnyCutting_ReleasesWhatTheWholeTextBecomes(PolicyAction numbers, PolicyAction words, StreamMode mode, int seed)
    {
        var plan = Plan(Rule("n", numbers, mode, Find(Digits)), Rule("w", words, mode, Find(Words)));
        CheckLaw(plan, seed, 120);
    }

    [Theory]
    [InlineData(PolicyAction.Redact)]
    [InlineData(PolicyAction.Block)]
    public void Push_RuleNeedsSeveralFindings_ReleasesWhatTheWholeTextBecomes(PolicyAction action)
    {
        var plan = Plan(
            Rule("three", action, StreamMode.Immediate, Find(Digits) with { Count = 3 }),
            Rule("w", PolicyAction.Mask, StreamMode.Immediate, Find(Words)));
        CheckLaw(plan, 5, 400);
    }

    [Theory]
    [InlineData(PolicyAction.Redact, StreamMode.Immediate)]
    [InlineData(PolicyAction.Block, StreamMode.Immediate)]
    [InlineData(PolicyAction.Block, StreamMode.Sentence)]
    public void Push_ClassifierRule_ReleasesWhatTheWholeTextBecomes(PolicyAction action, StreamMode mode)
    {
        var plan = Plan(
            Rule("c", action, mode, new ClassifierCondition { Classifier = new CountingClassifier(), Label = 0, AtLeast = 0.5f }),
            Rule("n", PolicyAction.Mask, StreamMode.Immediate, Find(Digits)),
            Rule("w", PolicyAction.Redact, StreamMode.Immediate, Find(Words)));
        CheckLaw(plan, 9, 300);
    }

    [Fact]
    public void Push_OrdinaryProse_HoldsNoMoreThanTheTokenInFlight()
    {
        var plan = Plan(Rule("n", PolicyAction.Redact, StreamMode.Immediate, Find(Digits)));
        using var filter = new TextFilter(plan, Hasher);
        var shown = 0;
        foreach (var delta in "The quick brown fox jumps over the lazy dog. ".Split(' '))
        {
            shown += filter.Push(delta + " ").Released.Length;
            Assert.Equal(0, filter.HeldLength);
        }

        Assert.Equal(46, shown);
    }

    [Fact]
    public void FilterWhole_ClassifierFails_FollowsTheRule()
    {
        var condition = new ClassifierCondition { Classifier = new FailingClassifier(), Label = 0, AtLeast = 0.5f };
        using var closed = new TextFilter(Plan(Rule("c", PolicyAction.Redact, StreamMode.Immediate, condition)), Hasher);
        closed.FilterWhole("text");
        Assert.Equal(PolicyAction.Block, closed.Action);
        Assert.True(Assert.Single(closed.Hits).Failed);

        var open = Rule("c", PolicyAction.Block, StreamMode.Immediate, condition, FailureAction.Allow);
        using var allowed = new TextFilter(Plan(open), Hasher);
        allowed.FilterWhole("text");
        Assert.Equal(PolicyAction.Log, allowed.Action);
        Assert.Null(allowed.BlockedBy);
    }

    [Fact]
    public void FilterWhole_MoreFindingsThanAreKeptOneByOne_CountsTheOthersByEntity()
    {
        using var filter = new TextFilter(Plan(Rule("n", PolicyAction.Mask, StreamMode.Immediate, Find(Digits))), Hasher);
        filter.FilterWhole(string.Concat(Enumerable.Repeat("123 ", RuleHit.MaxFindings + 7)));

        var hit = Assert.Single(filter.Hits);
        Assert.Equal(RuleHit.MaxFindings, hit.Findings.Count);
        Assert.Equal(7, Assert.Single(hit.More).Value);
        Assert.Equal(RuleHit.MaxFindings + 7, hit.FindingCount);
    }

    private static void CheckLaw(SegmentPlan plan, int seed, int rounds)
    {
        var random = new Random(seed);
        for (var round = 0; round < rounds; round++)
        {
            var text = RandomText(random);
            using var whole = new TextFilter(plan, Hasher);
            var expected = Render(text, whole.FilterWhole(text));
            using var stream = new TextFilter(plan, Hasher);
            var shown = "";
            var at = 0;
            while (at < text.Length && stream.BlockedBy is null)
            {
                var length = Math.Min(text.Length - at, random.Next(0, 9));
                var step = stream.Push(text.AsSpan(at, length));
                if (step.IsUnchanged)
                {
                    Assert.Equal(text.Substring(at, length), step.Released.ToString());
                }

                shown += step.Released.ToString();
                at += length;
            }

            if (stream.BlockedBy is null)
            {
                shown += stream.Complete().Released.ToString();
            }

            Assert.Equal(whole.BlockedBy is null, stream.BlockedBy is null);
            if (whole.BlockedBy is null)
            {
                Assert.Equal(expected, shown);
            }
            else
            {
                Assert.StartsWith(shown, Render(text, FilterAsIfNotBlocked(plan, text)), StringComparison.Ordinal);
            }

            if (stream.BlockedBy is null)
            {
                Assert.Equal(Describe(whole), Describe(stream));
            }
        }
    }

    // What the text would have become, had the blocking rules only watched: the stream shows a prefix of it.
    private static IReadOnlyList<TextEdit> FilterAsIfNotBlocked(SegmentPlan plan, string text)
    {
        var rules = plan.Rules.Select(r => r.Then == PolicyAction.Block ? Rule(r.Id, PolicyAction.Log, r.Stream, r.When) : r);
        using var filter = new TextFilter(new SegmentPlan(Direction.Output, [.. rules], plan.Detection), Hasher);
        return filter.FilterWhole(text);
    }

    private static string Describe(TextFilter filter) =>
        string.Join(';', filter.Hits.Select(h => $"{h.Rule.Id}:{h.Action}:{h.FindingCount}").Order(StringComparer.Ordinal));

    private static string Render(string text, IReadOnlyList<TextEdit> edits)
    {
        foreach (var edit in edits.Reverse())
        {
            text = text[..edit.Span.Start] + edit.Replacement + text[edit.Span.End..];
        }

        return text;
    }

    private static string RandomText(Random random)
    {
        string[] parts = ["1234", "5", " ", "ab9cd", "x7", ". ", "word ", "99-11", "!\n", "zz", "12 34", "the end. ", "é", "\U0001F600"];
        var text = "";
        for (var i = random.Next(1, 60); i > 0; i--)
        {
            text += parts[random.Next(parts.Length)];
        }

        return text;
    }

    private static FindingCondition Find(DetectorInfo detector) => new() { Detectors = FrozenSet.ToFrozenSet([detector]) };

    private static CompiledRule Rule(
        string id, PolicyAction then, StreamMode mode, CompiledCondition when, FailureAction onFailure = FailureAction.Block) => new()
        {
            Policy = new PolicyIdentity("p", "1", "d"), Id = id, In = FrozenSet.ToFrozenSet([Direction.Output]), When = when, Then = then,
            Stream = mode, OnFailure = onFailure,
        };

    private static SegmentPlan Plan(params CompiledRule[] rules) =>
        new(Direction.Output, [.. rules], new DetectionPlan([new RunRecogniser(Digits, char.IsAsciiDigit), new RunRecogniser(Words, char.IsAsciiLetterOrDigit)]));

    private static DetectorInfo Info(string id, string entity) =>
        new() { Id = id, Entity = entity, Name = id, Category = "test", Strength = DetectorStrength.Pattern };

    /// <summary>Finds runs of three to eight characters of a kind; at the beginning of a longer run, its first eight.</summary>
    private sealed class RunRecogniser(DetectorInfo detector, Func<char, bool> isMember) : IRecogniser
    {
        public Reach Reach => new(1, 8, 1);

        public void Recognise(in TextWindow window, FindingCollector findings)
        {
            var text = window.Text;
            for (var start = window.From; start < text.Length; start++)
            {
                if (!isMember(text[start]) || (start > 0 && isMember(text[start - 1])))
                {
                    continue;
                }

                var end = start;
                while (end < text.Length && end - start < 8 && isMember(text[end]))
                {
                    end++;
                }

                if (end == text.Length && end - start < 8 && !window.IsFinal)
                {
                    findings.Hold(start);
                }
                else if (end - start >= 3)
                {
                    findings.Add(detector, start, end - start, Confidence.StrongChecksum);
                }
            }
        }
    }

    private sealed class CountingClassifier : ITextClassifier
    {
        public string Name => "counting";

        public IReadOnlyList<string> Labels => ["many-nines"];

        public int WindowLength => 100;

        public void Score(ReadOnlySpan<char> window, Span<float> scores) => scores[0] = window.Count('9') > 5 ? 0.9f : 0.1f;

        public float? NamedThreshold(string label, string name) => null;
    }

    private sealed class FailingClassifier : ITextClassifier
    {
        public string Name => "failing";

        public IReadOnlyList<string> Labels => ["any"];

        public int WindowLength => 100;

        public void Score(ReadOnlySpan<char> window, Span<float> scores) => throw new ClassifierException("The model is away.");

        public float? NamedThreshold(string label, string name) => null;
    }
}
