using EdgeFilter.Detection.Classifiers;
using EdgeFilter.Detection.Classifiers.Models;
using EdgeFilter.Testing;
using Xunit;

namespace EdgeFilter.Detection.Tests.Classifiers.Names;

public sealed class NameRecogniserTests : IDisposable
{
    private static readonly string[] Seeds =
    [
        "Anna Berg", "Dr. Karl-Heinz Müller", "New York", "Acme Corp.", "O'Brien", "JOHN", "van der Berg", "北京", "Мария", "e\u0301tienne",
        "a b c d e f g h i j k l m n", "Anna          Berg", "x\u200b\u200by", "Lee\nSmith", "12345678901234567890123456789012345678901234567890", "—",
    ];

    private readonly ModelStore chaos = ModelStore.Open(Repository.PathOf("tests", "Detection", "Classifiers", "Names", "models"));

    public void Dispose() => chaos.Dispose();

    [Fact]
    public void Recognise_AnyCut_FindsWhatTheWholeTextHolds()
    {
        var plan = Plan(chaos, "PERSON", "LOCATION", "ORGANIZATION");
        var collector = new FindingCollector();
        plan.Inspect(string.Join(", ", Seeds), collector);
        Assert.True(collector.Count > 10, "A model that finds nothing proves nothing.");

        StreamingLaw.Check(plan, Seeds, rounds: 60, seed: 3);
    }

    [Fact]
    public void Recognise_LongText_AnyCut()
    {
        var random = new Random(8);
        for (var round = 0; round < 6; round++)
        {
            var text = string.Join(' ', Enumerable.Range(0, 500).Select(_ => Seeds[random.Next(Seeds.Length)]));
            StreamingLaw.CheckText(Plan(chaos, "PERSON"), text, round);
        }
    }

    [Fact]
    public void Recognise_KindNotAskedFor_IsNotReported()
    {
        var collector = new FindingCollector();
        Plan(chaos, "LOCATION").Inspect(string.Join(", ", Seeds), collector);

        Assert.NotEqual(0, collector.Count);
        foreach (var finding in collector.Findings)
        {
            Assert.Equal("LOCATION", finding.Entity);
        }
    }

    [Fact]
    public void Recognise_NeverHoldsMoreThanItsReach()
    {
        var recogniser = Compile(chaos, "PERSON");
        var collector = new FindingCollector();
        var text = string.Join(' ', Enumerable.Repeat("Anna Berg b c d", 80));
        for (var length = 1; length < text.Length; length++)
        {
            collector.Clear();
            recogniser.Recognise(new TextWindow(text.AsSpan(0, length), 0, isStart: true, isFinal: false), collector);
            Assert.True(collector.HeldFrom >= length - recogniser.Reach.HoldBack);
        }
    }

    [Fact]
    public void Recognise_StoreDisposed_Throws()
    {
        var recogniser = Compile(chaos, "PERSON");
        chaos.Dispose();

        Assert.Throws<ClassifierException>(() => recogniser.Recognise(new TextWindow("Anna Berg"), new FindingCollector()));
    }

    private static DetectionPlan Plan(ModelStore store, params string[] kinds) => new([Compile(store, kinds)]);

    private static IRecogniser Compile(ModelStore store, params string[] kinds)
    {
        var family = Assert.Single(store.Families);
        return family.Compile([.. family.Detectors.Where(d => kinds.Contains(d.Entity))]);
    }
}
