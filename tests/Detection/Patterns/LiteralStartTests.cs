using EdgeFilter.Detection.Patterns;
using Xunit;

namespace EdgeFilter.Detection.Tests.Patterns;

public class LiteralStartTests
{
    private static readonly string[] Literals = ["sk", "AC:", "ghp_", "x-api", "eyJhbGci", "AAAAAAAAAA", "github_pat_", "-----BEGIN", "a_rather_long_literal_k"];

    [Fact]
    public void Begins_AsTheFrameworkSays()
    {
        var random = new Random(11);
        var (yes, no) = (0, 0);
        for (var round = 0; round < 20_000; round++)
        {
            var literal = Literals[random.Next(Literals.Length)];
            var text = Changed(literal, random) + new string('z', random.Next(3));
            var expected = text.StartsWith(literal, StringComparison.OrdinalIgnoreCase);
            Assert.True(expected == new LiteralStart(literal).Begins(text), $"'{literal}' in '{text}': {expected} is expected");
            _ = expected ? yes++ : no++;
        }

        Assert.True(yes > 2_000 && no > 2_000, $"one-sided: {yes} and {no}");
    }

    private static string Changed(string literal, Random random)
    {
        var characters = literal.ToCharArray();
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            ref var c = ref characters[random.Next(characters.Length)];
            c = random.Next(6) switch
            {
                0 or 1 => char.ToUpperInvariant(c),
                2 or 3 => char.ToLowerInvariant(c),

                // In the place of letters: what differs from them by the bit of their case, and what counts as one beyond ASCII.
                4 => (char)(c ^ 0x20),
                _ => "\u017F\u0131\u212A\u00E9"[random.Next(4)],
            };
        }

        return new string(characters)[..random.Next(random.Next(3) == 0 ? 0 : characters.Length, characters.Length + 1)];
    }
}
