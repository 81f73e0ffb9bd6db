using EdgeFilter.Detection.Identifiers;
using Xunit;

namespace EdgeFilter.Detection.Tests.Identifiers;

public class NearbyWordsTests
{
    private static readonly string[][] Words =
    [
        ["social security number", "SSN"], ["sin"], ["tax id"], ["Steuernummer"], ["身份证"], ["número de contribuinte"], ["age"], ["IBAN"],
    ];

    private static readonly string[] Pieces =
    [
        "social security number", "SSN", "sin", "SIN", "taxId", "tax_id", "Umsatzsteuernummern", "身份证", "NÚMERO DE CONTRIBUINTE", "age",
        "page", "iban", "12", "4711", "078-05-1120", " ", " ", " ", ": ", "\n", ". ", "; ", ", ", "\"", "-", "the", "order", "Xy", "é", "a",
    ];

    [Fact]
    public void ShortCut_NeverDeniesAWordThatCounts()
    {
        var random = new Random(20261124);
        var lexicon = new ContextLexicon(Words);
        var seen = 0;
        for (var round = 0; round < 200; round++)
        {
            var text = string.Concat(Enumerable.Range(0, 120).Select(_ => Pieces[random.Next(Pieces.Length)]));
            var nearby = new NearbyWords(lexicon, new ContextHit[NearbyWords.Capacity]);
            for (var start = 0; start < text.Length; start += random.Next(1, 30))
            {
                seen += Check(lexicon, ref nearby, text, start, Math.Min(text.Length, start + random.Next(1, 64)));
            }
        }

        Assert.True(seen > 1_000, "hardly any word was near");
    }

    [Theory]
    [InlineData(@"\d{3}-\d{2}-\d{4}", 3, '-', 2, true)]
    [InlineData(@"\d{3}-\d{2}-\d{4}", 3, '-', 3, false)]
    [InlineData(@"\d{3}-\d{2}-\d{4}", 3, ' ', 2, false)]
    [InlineData(@"\d{3}[- ]?\d{3}", 3, ' ', 3, true)]
    [InlineData(@"\d{3}(?:-\d{2})?", 3, '-', 7, true)]
    [InlineData(@"\d{4} \d+", 4, ' ', 0, true)]
    public void SecondRunOfDigits_TellsShapesApart(string pattern, int first, char separator, int second, bool expected) =>
        Assert.Equal(expected, DigitLead.Of(pattern).AllowsGroups(first, DigitLead.SeparatorOf(separator), second));

    private static int Check(ContextLexicon lexicon, ref NearbyWords nearby, string text, int start, int end)
    {
        var close = new ulong[lexicon.BlockCount];
        var far = new ulong[lexicon.BlockCount];
        nearby.Mark(text, start, ContextText.LongestValue, close, far);
        var evidence = new ContextEvidence(lexicon, new ulong[lexicon.BlockCount * ContextEvidence.Sets], start);
        var found = 0;
        for (var rule = 0; rule < Words.Length; rule++)
        {
            if (evidence.Has(text, rule, end, closeOnly: false, out _))
            {
                Assert.True((far[0] >> rule & 1) != 0, $"rule {rule} is denied at {start}");
                found++;
            }

            if (end - start <= IdentifierRule.ShortLength && evidence.Has(text, rule, end, closeOnly: true, out _))
            {
                Assert.True((close[0] >> rule & 1) != 0, $"rule {rule} is denied close to {start}");
            }
        }

        return found;
    }
}
