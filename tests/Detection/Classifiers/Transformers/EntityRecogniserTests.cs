using EdgeFilter.Detection.Classifiers.Models;
using EdgeFilter.Testing;

namespace EdgeFilter.Detection.Tests.Classifiers.Transformers;

public sealed class EntityRecogniserTests
{
    private static readonly string[] Seeds =
    [
        "Anna Smith", "Jan Anna", "Berlin", "New York", "Anna Smith visits Berlin.", "lives in Berlin and New York.", "Anna.\n", "Janova Smith", "Berlinville",
        new('x', 90), "in 你好。Anna", "Dr. Smith, Berlin", "Anna! Jan? Berlin", "a a a a a a a a a a a a a a a a a a a a a a a a", "e\u0301Anna", "\uD83DAnna",
    ];

    [Fact]
    public void Recognise_WordsOfAModel_BecomeNames()
    {
        Assert.Equal(
            ["PERSON Anna Smith", "LOCATION Berlin", "LOCATION New York", "PERSON Jan"],
            Found("Anna Smith visits Berlin and New York. Jan lives in in."));
    }

    [Fact]
    public void Recognise_PartsOfAWord_CountAsItsFirst() =>
        Assert.Equal(["PERSON Janova", "LOCATION Berlinville"], Found("Janova visits Berlinville ."));

    [Fact]
    public void Recognise_BeginningBesideAName_IsANameOfItsOwn() =>
        Assert.Equal(["PERSON Jan", "PERSON Anna Smith"], Found("Jan Anna Smith lives"));

    [Fact]
    public void Recognise_ManifestWithEntities_NamesThem()
    {
        using var models = new OwnModels("word-names");
        File.WriteAllText(models.FileOf("word-names", "manifest.yaml"), "model: word-names\nversion: 1.0.0\ntitle: A test\nlicence: MIT\nentities: { PER: EMPLOYEE, LOC: '-' }\n");
        using var store = models.Open();

        Assert.Equal(["EMPLOYEE Anna Smith"], Found(store, "Anna Smith visits Berlin."));
    }

    [Fact]
    public void Recognise_AnyCut_FindsWhatTheWholeTextHolds()
    {
        using var models = new OwnModels("word-names");
        using var store = models.Open();

        StreamingLaw.Check(Plan(store), Seeds, Evasions.All, rounds: 60, seed: 5);
    }

    [Fact]
    public void Recognise_LongTextsWithAndWithoutBorders_AnyCut()
    {
        using var models = new OwnModels("word-names");
        using var store = models.Open();
        var random = new Random(2);
        foreach (var join in new[] { " ", ". ", "", "; ", "\n" })
        {
            StreamingLaw.CheckText(Plan(store), string.Join(join, Enumerable.Range(0, 220).Select(_ => Seeds[random.Next(Seeds.Length)])), random.Next());
        }
    }

    [Fact]
    public void Recognise_RandomModel_AnyCut()
    {
        using var models = new OwnModels("bert-tokens");
        using var store = models.Open();

        StreamingLaw.Check(Plan(store), [.. OwnModels.Texts, "alice bob paris", "the report in berlin, please"], rounds: 25, seed: 6);
    }

    [Fact]
    public void Score_RandomModel_GivesPyTorchsMostProbableLabels()
    {
        using var models = new OwnModels("bert-tokens");
        using var store = models.Open();
        var family = Assert.Single(store.Families);

        Assert.Equal(["bert-tokens-location", "bert-tokens-person"], family.Detectors.Select(d => d.Id));
        var expected = OwnModels.Expected.GetProperty("scores").GetProperty("bert-tokens");

        // The first text is one sentence, so one input; its words are whole tokens but for the last.
        var labels = expected[0].EnumerateArray().Select(row => row.EnumerateArray().Select(n => n.GetSingle()).ToArray()).Select(l => Array.IndexOf(l, l.Max())).Skip(1).Take(5).ToArray();
        string[] words = ["The", "weather", "is", "nice", "today"];
        var named = words.Where((_, i) => labels[i] > 0).ToArray();
        var found = string.Join(' ', Found(store, OwnModels.Texts[0]));
        Assert.All(named, word => Assert.Contains(word, found, StringComparison.Ordinal));
        Assert.All(words.Except(named), word => Assert.DoesNotContain(word, found, StringComparison.Ordinal));
    }

    private static List<string> Found(string text)
    {
        using var models = new OwnModels("word-names");
        using var store = models.Open();
        return Found(store, text);
    }

    private static List<string> Found(ModelStore store, string text)
    {
        var collector = new FindingCollector();
        Plan(store).Inspect(text, collector);
        var found = new List<string>();
        foreach (var finding in collector.Findings)
        {
            found.Add($"{finding.Entity} {text.Substring(finding.Span.Start, finding.Span.Length)}");
        }

        return found;
    }

    private static DetectionPlan Plan(ModelStore store)
    {
        Assert.True(store.Families.Count == 1, store.Models[0].Refused?.Message);
        var family = store.Families[0];
        return new DetectionPlan([family.Compile(family.Detectors.ToArray())]);
    }
}
