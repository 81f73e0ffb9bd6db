using System.Collections.Frozen;
using EdgeFilter.Detection;
using EdgeFilter.Detection.Classifiers;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Filtering;

namespace EdgeFilter.Policies.Tests.Filtering;

/// <summary>Models with windows of different lengths, asked about the same text.</summary>
public sealed class ClassifierWindowsOfRulesTests
{
    [Theory]
    [InlineData(StreamMode.Whole)]
    [InlineData(StreamMode.Immediate)]
    [InlineData(StreamMode.Sentence)]
    public void FilterWhole_ModelWithShorterWindowsThanAnothers_ReadsAllOfTheText(StreamMode mode)
    {
        var plan = new SegmentPlan(
            Direction.Output,
            [Rule("short", mode, new WordModel(64, "horrible")), Rule("long", mode, new WordModel(1_000, "never there"))],
            new DetectionPlan([]));
        for (var place = 0; place < 3_900; place += 130)
        {
            var text = string.Concat(Enumerable.Repeat("ordinary words. ", 250)).Remove(place, 10).Insert(place, " horrible ");
            using var filter = new TextFilter(plan, new HmacValueHasher("0123456789abcdef"u8));
            filter.FilterWhole(text);

            Assert.True(filter.BlockedBy is not null, $"the word at {place} was not read");
        }
    }

    private static CompiledRule Rule(string id, StreamMode mode, ITextClassifier classifier) => new()
    {
        Policy = new PolicyIdentity("p", "1", "d"),
        Id = id,
        In = FrozenSet.ToFrozenSet([Direction.Output]),
        When = new ClassifierCondition { Classifier = classifier, Label = 0, AtLeast = 0.5f },
        Then = PolicyAction.Block,
        Stream = mode,
    };

    private sealed class WordModel(int length, string word) : ITextClassifier
    {
        public string Name => word;

        public IReadOnlyList<string> Labels => ["there"];

        public int WindowLength => length;

        public void Score(ReadOnlySpan<char> window, Span<float> scores)
        {
            Assert.InRange(window.Length, 0, length);
            scores[0] = window.Contains(word, StringComparison.Ordinal) ? 0.9f : 0.1f;
        }

        public float? NamedThreshold(string label, string name) => null;
    }
}
