using System.Text.Json;
using EdgeFilter.Detection.Classifiers.Names;
using EdgeFilter.Testing;
using Xunit;

namespace EdgeFilter.Detection.Tests.Classifiers.Names;

public sealed class NameTokensTests
{
    [Fact]
    public void Read_TrainingsOwnSentences_GivesTrainingsRows()
    {
        using var cases = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests", "Detection", "Classifiers", "features.json")));
        var seen = 0;
        foreach (var one in cases.RootElement.EnumerateArray().Where(c => c.GetProperty("features").GetString() == "hashed-names"))
        {
            var tokens = new NameTokenList();
            new NameTokens(one.GetProperty("halfBits").GetInt32()).Read(one.GetProperty("text").GetString(), 0, tokens);
            var rows = Enumerable.Range(0, tokens.Count).Where(t => !tokens.IsBreak(t)).SelectMany(t => tokens.Rows.Slice(t * NameTokens.Slots, NameTokens.Slots).ToArray()).ToArray();

            Assert.Equal(one.GetProperty("rows").EnumerateArray().Select(r => r.GetInt32()), rows);
            seen++;
        }

        Assert.True(seen > 30);
    }

    [Theory]
    [InlineData("Anna  Berg", "Anna|Berg")]
    [InlineData("O'Brien, (x)", "O|'|Brien|,|(|x|)")]
    [InlineData("a\n\nb", "a|\n|\n|b")]
    [InlineData("a         b", "a|<break>|b")]
    [InlineData("a 12345678901234567890123456789012345 b", "a|<break>|b")]
    [InlineData("日本", "日|本")]
    public void Read_CutsTokens(string text, string expected)
    {
        var tokens = new NameTokenList();
        new NameTokens(16).Read(text, 0, tokens);

        var read = new List<string>();
        for (var i = 0; i < tokens.Count; i++)
        {
            read.Add(tokens.IsBreak(i) ? "<break>" : text[tokens.Start(i)..tokens.End(i)]);
            i += tokens.IsBreak(i) ? NameTokens.BreakTokens - 1 : 0;
        }

        Assert.Equal(expected, string.Join('|', read));
    }
}
