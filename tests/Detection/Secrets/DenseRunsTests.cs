using EdgeFilter.Detection.Secrets;
using Xunit;

namespace EdgeFilter.Detection.Tests.Secrets;

public class DenseRunsTests
{
    [Fact]
    public void Next_NamesEveryLongRun()
    {
        var random = new Random(3);
        for (var round = 0; round < 500; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 25)).Select(_ => Piece(random)));
            var from = random.Next(text.Length + 1);
            Assert.Equal(Expected(text, from), Found(text, from));
        }
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("a b", 2)]
    [InlineData("a ", 2)]
    [InlineData("abc", 0)]
    public void LastStart_IsWhereTheLastRunBegins(string text, int start) => Assert.Equal(start, DenseRuns.LastStart(text));

    private static List<(int, int)> Found(string text, int from)
    {
        var found = new List<(int, int)>();
        for (var at = from; DenseRuns.Next(text, at, out var end) is >= 0 and var start; at = end)
        {
            found.Add((start, end));
        }

        return found;
    }

    private static List<(int, int)> Expected(string text, int from)
    {
        var runs = new List<(int, int)>();
        for (var start = from; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && text[end] is > ' ' and < '\u007f')
            {
                end++;
            }

            if (end - start >= DenseRuns.MinLength)
            {
                runs.Add((start, end));
            }

            start = end + 1;
        }

        return runs;
    }

    private static string Piece(Random random) => random.Next(4) switch
    {
        0 => " é",
        1 => new string('x', random.Next(14, 19)),
        2 => new string('y', random.Next(1, 100)),
        _ => " z\u007f\u0100",
    };
}
