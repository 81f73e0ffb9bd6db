using EdgeFilter.Detection.Secrets;
using Xunit;

namespace EdgeFilter.Detection.Tests.Secrets;

public class LiteralIndexTests
{
    private static readonly string[] Literals = ["ghp_", "sk-", "AK", "://", "api_key", "Token", "-----BEGIN", "x9"];

    [Fact]
    public void Next_NamesEveryPlaceWhereALiteralBegins()
    {
        var index = new LiteralIndex<string>([.. Literals.Select(l => (l, l))]);
        var random = new Random(7);
        var found = 0;
        for (var round = 0; round < 300; round++)
        {
            var text = string.Concat(Enumerable.Range(0, 40).Select(_ => Piece(random)));
            var named = new HashSet<(int, string)>();
            for (var at = 0; (at = index.Next(text, at, out var entries)) >= 0; at++)
            {
                foreach (var literal in entries)
                {
                    named.Add((at, literal));
                }
            }

            foreach (var literal in Literals)
            {
                for (var at = text.IndexOf(literal, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(literal, at + 1, StringComparison.OrdinalIgnoreCase))
                {
                    Assert.Contains((at, literal), named);
                    found++;
                }
            }
        }

        Assert.True(found > 1_000, "hardly any literal was in the texts");
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("the quick brown fox")]
    public void Next_WithoutALiteral_IsNowhere(string text) =>
        Assert.Equal(-1, new LiteralIndex<string>([("sk-", "sk-"), ("zz", "zz")]).Next(text, 0, out _));

    private static string Piece(Random random)
    {
        var literal = Literals[random.Next(Literals.Length)];
        return random.Next(5) switch
        {
            0 => literal,
            1 => literal.ToUpperInvariant(),
            2 => literal[..random.Next(1, literal.Length)],
            3 => " é",
            _ => ((char)('a' + random.Next(26))).ToString(),
        };
    }
}
