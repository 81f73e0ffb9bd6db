using System.Globalization;
using EdgeFilter.Detection.Terms;
using EdgeFilter.Testing;

namespace EdgeFilter.Detection.Tests.Terms;

public sealed class DictionaryFamilyTests
{
    private static readonly DetectorInfo Info = new()
    {
        Id = "project-names", Entity = "PROJECT", Name = "Project names", Category = "test", Strength = DetectorStrength.Pattern,
    };

    private static readonly DictionaryOptions Exact = new() { IgnoreCase = false };

    [Theory]
    [InlineData("we call it Orion here", "Orion")]
    [InlineData("we call it ORION here", "ORION")]
    [InlineData("Orion", "Orion")]
    [InlineData("project_orion_v2", "orion")]
    [InlineData("Orionis is a genitive", null)]
    [InlineData("and Ori on is not", null)]
    [InlineData("the blue  whale\nplan", "blue  whale\nplan")]
    [InlineData("bluewhale plan", null)]
    [InlineData("我们在北京开会", "北京")]
    [InlineData("서울에서", "서울")]
    public void Recognise_WholeWords_FindsTermsWhereWordsBeginAndEnd(string text, string? expected) =>
        Assert.Equal(expected, Found(text, new DictionaryOptions(), "Orion", "blue whale plan", "北京", "서울"));

    [Theory]
    [InlineData("le cafe noir", "cafe")]
    [InlineData("le CAFÉ noir", "CAFÉ")]
    [InlineData("le cafe\u0301 noir", "cafe\u0301")]
    [InlineData("le cafetier", null)]
    public void Recognise_IgnoreDiacritics_EqualsLettersWithAndWithout(string text, string? expected) =>
        Assert.Equal(expected, Found(text, new DictionaryOptions { IgnoreDiacritics = true }, "café"));

    [Theory]
    [InlineData("my p@$$w0rd is", "p@$$w0rd")]
    [InlineData("a H4CK3R came", "H4CK3R")]
    [InlineData("bob@password.example", null)]
    public void Recognise_Leetspeak_EqualsFiguresAndLetters(string text, string? expected) =>
        Assert.Equal(expected, Found(text, new DictionaryOptions { Leetspeak = true }, "password", "hacker"));

    [Fact]
    public void Recognise_ExactCase_KeepsCase()
    {
        Assert.Null(Found("an apple a day", Exact, "Apple"));
        Assert.Equal("Apple", Found("an Apple a day", Exact, "Apple"));
    }

    [Fact]
    public void Recognise_AnywhereInWords_FindsOverlappingTerms()
    {
        var findings = Inspect("ushers", new DictionaryOptions { WholeWords = false }, "he", "she", "hers");

        Assert.Equal([new TextSpan(1, 3), new TextSpan(2, 4)], findings.Select(f => f.Span));
    }

    [Fact]
    public void Recognise_TermInsideAnother_ReportsTheLonger() => Assert.Equal("New York City", Found("in New York City now", Exact, "New York", "New York City"));

    [Fact]
    public void Read_CommentsAndEmptyLines_ArePassedOver()
    {
        var family = DictionaryFamily.Read(Info, new StringReader("# names\n\n Orion \n"), new DictionaryOptions());

        Assert.Single(Inspect("orion", family));
    }

    [Fact]
    public void Read_TermTooLong_NamesTheLineAndNotTheTerm()
    {
        var text = "short\n" + new string('x', DictionaryFamily.MaxTermLength + 1);

        var exception = Assert.Throws<DictionaryException>(() => DictionaryFamily.Read(Info, new StringReader(text), new()));

        Assert.Contains("Line 2", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("xxx", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_HundredThousandTerms_FindsEachOfThem()
    {
        var terms = Enumerable.Range(0, 100_000).Select(i => "term " + i.ToString("x5", CultureInfo.InvariantCulture)).ToArray();
        var family = DictionaryFamily.Create(Info, terms, new DictionaryOptions());

        Assert.All(terms.Where((_, i) => i % 997 == 0), t => Assert.Single(Inspect($"the {t} here", family)));
        Assert.Empty(Inspect("the term 1869g here", family));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(true, false)]
    public void Stream_AnyCut_FindsWhatTheWholeTextShows(bool loose, bool wholeWords)
    {
        var options = new DictionaryOptions { IgnoreDiacritics = loose, Leetspeak = loose, WholeWords = wholeWords };
        string[] terms = ["Orion", "blue whale plan", "blue", "whale", "a b", "café", "北京", "ring", "in order", "привет, мир", "the order was"];
        var plan = new DetectionPlan([DictionaryFamily.Create(Info, terms, options).Compile([Info])]);

        StreamingLaw.Check(
            plan,
            [.. terms, "ca\u0301fe\u0301", "blue  whale   plan", "bluew", "京\u0301北京", "a\u0301\u0301\u0301\u0301\u0301orion", "0r1on"],
            Evasions.All,
            rounds: 150);
    }

    private static string? Found(string text, DictionaryOptions options, params string[] terms)
    {
        var findings = Inspect(text, options, terms);
        return findings.Length == 0 ? null : text.Substring(findings[0].Span.Start, findings[0].Span.Length);
    }

    private static Finding[] Inspect(string text, DictionaryOptions options, params string[] terms) =>
        Inspect(text, DictionaryFamily.Create(Info, terms, options));

    private static Finding[] Inspect(string text, DictionaryFamily family)
    {
        var findings = new FindingCollector();
        new DetectionPlan([family.Compile([Info])]).Inspect(text, findings);
        return findings.Findings.ToArray();
    }
}
