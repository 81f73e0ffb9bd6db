using EdgeFilter.Detection.Identifiers;
using Xunit;

namespace EdgeFilter.Detection.Tests.Identifiers;

public class WordFilterTests
{
    private static readonly string[] Words =
        ["social security number", "SSN", "sin", "tax id", "Steuernummer", "身份证", "número de contribuinte", "age", "n i f", "ID"];

    private static readonly string[] Pieces =
    [
        "social security number", "SSN", "sin", "SIN", "taxId", "tax_id", "tax  --  ID", "Umsatzsteuernummern", "身份证", "NÚMERO DE CONTRIBUINTE",
        "numero de contribuinte", "age", "page", "n.i.f.", "12", "4711", " ", " ", " ", ": ", "\n", ". ", ", ", "\"", "-", "the", "order", "Xy", "é", "a", "id",
    ];

    [Fact]
    public void MayFind_NeverDeniesAWord()
    {
        var random = new Random(5);
        var seen = 0;
        var denied = 0;
        foreach (var word in Words)
        {
            var lexicon = new ContextLexicon([[word]]);
            var filter = new WordFilter(ContextWord.Read(word));
            for (var round = 0; round < 400; round++)
            {
                var text = string.Concat(Enumerable.Range(0, random.Next(1, 50)).Select(_ => Pieces[random.Next(Pieces.Length)]));
                var from = random.Next(text.Length);
                var to = random.Next(from, text.Length + 1);
                var room = (2 * text.Length) + ContextFolding.Margin;
                var mayFind = filter.MayFind(text, from, to);
                var isThere = lexicon.Locate(
                    ContextText.Stretch(text, from, to, new char[room], new short[room]), from, new ContextHit[1]) > 0;
                Assert.True(mayFind || !isThere, $"'{word}' is denied in '{text[from..to]}'");
                seen += isThere ? 1 : 0;
                denied += mayFind ? 0 : 1;
            }
        }

        Assert.True(seen > 300, "hardly any word was there");
        Assert.True(denied > 300, "it hardly ever says no");
    }
}
