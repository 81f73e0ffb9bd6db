using System.Collections.Frozen;
using EdgeFilter.Detection;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Decisions;
using EdgeFilter.Policies.Filtering;

namespace EdgeFilter.Policies.Tests.Filtering;

/// <summary>Law 6: rules only tighten. Whatever is added, nothing that other rules asked for is let through because of it.</summary>
public sealed class TighteningTests
{
    private static readonly IValueHasher Hasher = new HmacValueHasher("0123456789abcdef"u8);

    // Each covers or equals others at some places, and is surer or less sure of it.
    private static readonly RunRecogniser[] Recognisers =
    [
        new(Info("digits", "NUMBER"), char.IsAsciiDigit, Confidence.StrictPattern),
        new(Info("order", "ORDER"), char.IsAsciiDigit, Confidence.StrongChecksum),
        new(Info("hex", "HEX"), char.IsAsciiHexDigitLower, Confidence.Checksum),
        new(Info("word", "WORD"), char.IsAsciiLetterOrDigit, Confidence.ChecksumAndContext),
        new(Info("code", "WORD"), c => char.IsAsciiLetterOrDigit(c) || c == '-', Confidence.WeakPatternAndContext),
        new(Info("guess", "GUESS"), c => c is not ' ', Confidence.WeakPattern),
    ];

    [Fact]
    public void FilterWhole_RulesAdded_NothingIsLoosened()
    {
        var random = new Random(20261124);
        var (edited, blocked) = (0, 0);
        for (var round = 0; round < 10_000; round++)
        {
            var rules = RandomRules(random, "base");
            var text = RandomText(random);
            using var before = new TextFilter(Plan(rules), Hasher);
            var editsBefore = before.FilterWhole(text);
            var added = RandomRules(random, "added");
            using var after = new TextFilter(Plan([.. rules, .. added]), Hasher);
            var editsAfter = after.FilterWhole(text);

            Assert.True(Strictest(before) <= Strictest(after), $"round {round}: {Strictest(before)} became {Strictest(after)}");
            blocked += before.BlockedBy is null ? 0 : 1;
            if (after.BlockedBy is null)
            {
                foreach (var place in editsBefore.SelectMany(e => Enumerable.Range(e.Span.Start, e.Span.Length)))
                {
                    edited++;
                    Assert.True(editsAfter.Any(e => e.Span.Start <= place && place < e.Span.End), $"round {round}: place {place} of '{text}' is shown again under {string.Join("; ", ((CompiledRule[])[.. rules, .. added]).Select(Describe))} {string.Join(",",editsBefore.Select(e=>e.Span))} {string.Join(",",editsAfter.Select(e=>e.Span))}");
                }
            }
        }

        Assert.True(edited > 5_000 && blocked > 500, $"{edited} places and {blocked} blocks were compared: too few to mean anything");
    }

    [Fact]
    public void FilterWhole_OwnDetectorSurerThanACard_CardIsStillRedacted()
    {
        var redact = Rule("cards", PolicyAction.Redact, Confidence.LikelyFrom, 1, Recognisers[0]);
        var log = Rule("orders", PolicyAction.Log, Confidence.LikelyFrom, 1, Recognisers[1]);
        using var filter = new TextFilter(Plan([redact, log]), Hasher);

        var edit = Assert.Single(filter.FilterWhole("pay 4111111 now"));
        Assert.Equal(new TextSpan(4, 7), edit.Span);
    }

    [Fact]
    public void FilterWhole_OneNumberOfTwoCountries_CountsOnce()
    {
        var three = Rule("three", PolicyAction.Block, Confidence.LikelyFrom, 3, Recognisers[0], Recognisers[1]);
        using var two = new TextFilter(Plan([three]), Hasher);
        two.FilterWhole("12345 or 67890");
        Assert.Null(two.BlockedBy);

        using var enough = new TextFilter(Plan([three]), Hasher);
        enough.FilterWhole("12345 or 67890 or 13579");
        Assert.NotNull(enough.BlockedBy);
    }

    private static string Describe(CompiledRule rule)
    {
        var condition = (FindingCondition)rule.When;
        return $"{rule.Id}: {condition.Count} of {string.Join('|', condition.Detectors.Select(d => d.Id))} from {condition.AtLeast}, {rule.Then}";
    }

    private static PolicyAction Strictest(TextFilter filter) => filter.Hits.Select(h => h.Action).DefaultIfEmpty(PolicyAction.Allow).Max();

    private static CompiledRule[] RandomRules(Random random, string id)
    {
        PolicyAction[] actions = [PolicyAction.Log, PolicyAction.Mask, PolicyAction.Redact, PolicyAction.Hash, PolicyAction.Block];
        float[] bars = [Confidence.WeakPattern, Confidence.LikelyFrom, Confidence.CertainFrom];
        return [.. Enumerable.Range(0, random.Next(1, 4)).Select(i => Rule(
            $"{id}-{i}",
            actions[random.Next(actions.Length)],
            bars[random.Next(bars.Length)],
            random.Next(4) == 0 ? 2 : 1,
            [.. Recognisers.OrderBy(_ => random.Next()).Take(random.Next(1, 4))]))];
    }

    private static CompiledRule Rule(string id, PolicyAction then, float atLeast, int count, params RunRecogniser[] wanted) => new()
    {
        Policy = new PolicyIdentity("p", "1", "d"), Id = id, In = FrozenSet.ToFrozenSet([Direction.Output]), Then = then,
        When = new FindingCondition { Detectors = wanted.Select(w => w.Detector).ToFrozenSet(), AtLeast = atLeast, Count = count },
    };

    private static SegmentPlan Plan(CompiledRule[] rules)
    {
        var wanted = rules.SelectMany(r => r.When.Flatten().OfType<FindingCondition>()).SelectMany(c => c.Detectors).ToHashSet();
        return new SegmentPlan(Direction.Output, [.. rules], new DetectionPlan([.. Recognisers.Where(r => wanted.Contains(r.Detector))]));
    }

    private static string RandomText(Random random)
    {
        string[] parts = ["1234", "5", " ", "ab9cd", "x7", ". ", "word ", "99-11", "beef", "12-cafe ", "777777", " -"];
        return string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => parts[random.Next(parts.Length)]));
    }

    private static DetectorInfo Info(string id, string entity) =>
        new() { Id = id, Entity = entity, Name = id, Category = "test", Strength = DetectorStrength.Pattern };

    /// <summary>Finds whole runs of at least three characters of a kind.</summary>
    private sealed class RunRecogniser(DetectorInfo detector, Func<char, bool> isMember, float confidence) : IRecogniser
    {
        public DetectorInfo Detector => detector;

        public Reach Reach => new(1, 64, 1);

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
                while (end < text.Length && isMember(text[end]))
                {
                    end++;
                }

                if (end - start >= 3)
                {
                    findings.Add(detector, start, end - start, confidence);
                }
            }
        }
    }
}
