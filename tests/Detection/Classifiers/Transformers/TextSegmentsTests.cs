using EdgeFilter.Detection.Classifiers.Models.Transformers;

namespace EdgeFilter.Detection.Tests.Classifiers.Transformers;

public sealed class TextSegmentsTests
{
    private static readonly string[] Parts =
    [
        "word ", "longer words, ", "A sentence ends here. ", "Dr. ", "line\n", "你好。", new('x', 70), new('y', 300), "a b c d e f g h ", "; ", "\t", "e\u0301 ",
    ];

    [Fact]
    public void Find_SentencesAndLines_AreSegments()
    {
        Assert.Equal(["Hello Dr. Smith there. ", "Next one!\n", "last"], Texts("Hello Dr. Smith there. Next one!\nlast", isFinal: true, out _));
    }

    [Fact]
    public void Find_EndNotInSight_IsUndecided()
    {
        Assert.Equal(["A sentence there. "], Texts("A sentence there. And the", isFinal: false, out var decided));
        Assert.Equal(18, decided);
    }

    [Fact]
    public void Find_LongRunWithoutSpaces_IsNotJudgedForEver()
    {
        var texts = Texts(new string('x', 5_000), isFinal: true, out _);

        Assert.All(texts, t => Assert.InRange(t.Length, 1, TextSegments.LongestSentence));
        Assert.InRange(texts.Sum(t => t.Length), 1, TextSegments.LongestSentence);
    }

    [Fact]
    public void Find_AnyBeginningWithEnoughContext_GivesTheSegmentsOfTheWholeText()
    {
        var random = new Random(3);
        for (var round = 0; round < 40; round++)
        {
            // Few kinds of parts at a time, so that runs without a border of one kind or another grow long.
            var some = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Parts[random.Next(Parts.Length)]).ToArray();
            var text = string.Concat(Enumerable.Range(0, 400).Select(_ => some[random.Next(some.Length)]));
            text = text[..Math.Min(text.Length, 6_000)];
            var whole = new List<TextSegment>();
            TextSegments.Find(new TextWindow(text), whole);
            for (var i = 0; i < 40; i++)
            {
                var from = random.Next(text.Length);
                var start = Math.Max(0, from - TextSegments.LookBack);
                var segments = new List<TextSegment>();
                TextSegments.Find(new TextWindow(text.AsSpan(start), from - start, start == 0), segments);

                Assert.Equal(
                    whole.Where(s => s.End > from).Select(s => s with { From = Math.Max(from, s.From) }),
                    segments.Select(s => new TextSegment(s.Start + start, s.End + start, s.From + start)));
            }
        }
    }

    private static List<string> Texts(string text, bool isFinal, out int decided)
    {
        var segments = new List<TextSegment>();
        decided = TextSegments.Find(new TextWindow(text, 0, isStart: true, isFinal), segments);
        return [.. segments.Select(s => text[s.Start..s.End])];
    }
}
