using EdgeFilter.Detection.Patterns;
using Xunit;

namespace EdgeFilter.Detection.Tests.Patterns;

public class LiteralSearchTests
{
    private static readonly string[] Literals =
        ["ghp_", "sk-", "AK", "://", "api_key", "Token", "-----BEGIN", "x9", "kiss", "a_rather_long_literal", ".pbz", "0.A"];

    [Fact]
    public void Find_NamesEveryLiteralOnce()
    {
        var search = new LiteralSearch<string>([.. Literals.Select(l => (l, l))]);
        var random = new Random(7);
        var found = 0;
        for (var round = 0; round < 300; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(400)).Select(_ => Piece(random)));
            var from = random.Next(text.Length / 4 + 1);
            var to = random.Next(from, text.Length + 1);
            var expected = new List<(int, string)>();
            for (var at = from; at < to; at++)
            {
                expected.AddRange(Literals.Where(l => text.AsSpan(at).StartsWith(l, StringComparison.OrdinalIgnoreCase)).Select(l => (at, l)));
            }

            var named = new List<(int, string)>();
            var places = search.Find(text, from, to);
            while (places.MoveNext())
            {
                Assert.Equal(places.Value.Length, places.Length);
                named.Add((places.Start, places.Value));
            }

            Assert.Equal(expected.Order(), named.Order());
            found += named.Count;
        }

        Assert.True(found > 1_000, "hardly any literal was in the texts");
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("the quick brown fox")]
    public void Find_WithoutALiteral_IsNowhere(string text) =>
        Assert.False(new LiteralSearch<string>([("sk-", "sk-"), ("zz", "zz")]).Find(text, 0, text.Length).MoveNext());

    [Fact]
    public void Find_NoLiterals_IsNowhere() => Assert.False(new LiteralSearch<string>([]).Find("sk-1234", 0, 7).MoveNext());

    private static string Piece(Random random)
    {
        var literal = Literals[random.Next(Literals.Length)];
        return random.Next(7) switch
        {
            0 => literal,
            1 => literal.ToUpperInvariant(),
            2 => literal[..random.Next(1, literal.Length)],
            3 => " é",
            4 => literal.Replace('s', '\u017F').Replace('i', '\u0131').Replace('k', '\u212A'),
            _ => ((char)random.Next(' ', 0x80)).ToString(),
        };
    }
}
