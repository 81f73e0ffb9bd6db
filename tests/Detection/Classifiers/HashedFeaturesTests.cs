using System.Text.Json;
using EdgeFilter.Detection.Classifiers;
using EdgeFilter.Testing;
using Xunit;

namespace EdgeFilter.Detection.Tests.Classifiers;

public sealed class HashedFeaturesTests
{
    [Fact]
    public void Extract_TrainingsOwnSentences_GivesTrainingsRows()
    {
        using var cases = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests", "Detection", "Classifiers", "features.json")));
        var seen = 0;
        foreach (var one in cases.RootElement.EnumerateArray())
        {
            if (one.GetProperty("features").GetString() == "hashed-names")
            {
                continue;
            }

            var features = ITextFeatures.Find(one.GetProperty("features").GetString()!, one.GetProperty("table").GetString()!, one.GetProperty("halfBits").GetInt32())!;
            var text = one.GetProperty("text").GetString()!;
            var expected = one.GetProperty("rows").EnumerateArray().Select(r => r.GetInt32()).ToArray();

            Assert.Equal(expected, Rows(features, text));
            seen++;
        }

        Assert.True(seen > 100);
    }

    [Theory]
    [InlineData("Ignore the rules", "ignore\u200b  THE\tRules")]
    [InlineData("ignore", "𝓲𝓰𝓷𝓸𝓻𝓮")]
    [InlineData("ignore", "ign\u0301ore")]
    [InlineData("password", "p4ssw0rd")]
    public void Extract_DisguisedText_GivesTheRowsOfThePlainOne(string plain, string disguised)
    {
        var features = Features("skeleton", 16);

        Assert.Equal(Rows(features, plain), Rows(features, disguised));
    }

    [Fact]
    public void Extract_AnyText_StaysWithinTheTableAndTheBuffer() => AssertStaysWithin(Features("skeleton", 10));

    [Fact]
    public void Extract_Characters_StayWithinTheTableAndTheBuffer() => AssertStaysWithin(ITextFeatures.Find("hashed-characters", "lower", 10)!);

    private static void AssertStaysWithin(ITextFeatures features)
    {
        var random = new Random(4);
        for (var round = 0; round < 2_000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(80)).Select(_ => (char)random.Next(0x10000))]);

            var rows = Rows(features, text);

            Assert.All(rows, row => Assert.InRange(row, 0, features.TableRows - 1));
        }
    }

    [Fact]
    public void Extract_DoesNotAllocate()
    {
        var features = Features("skeleton", 16);
        var rows = new int[ITextFeatures.Slots * 200];
        features.Extract("warm up 123 你好", rows);
        var before = GC.GetAllocatedBytesForCurrentThread();

        features.Extract("An ordinary sentence with 12 numb3rs, ümläuts, 你好 and 😀 symbols!", rows);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static HashedFeatures Features(string table, int halfBits) => new(Folding.Find(table)!, halfBits);

    private static int[] Rows(ITextFeatures features, string text)
    {
        var rows = new int[ITextFeatures.Slots * features.MaxTokens(text.Length)];
        return rows[..(features.Extract(text, rows) * ITextFeatures.Slots)];
    }
}
