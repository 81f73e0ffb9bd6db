using System.Text;

namespace EdgeFilter.Testing;

/// <summary>Puts texts together at random: seeds, seeds disguised, seeds cut short, and the filler that surrounds them.</summary>
public sealed class TextComposer(IReadOnlyList<string> seeds, IReadOnlyList<Evasion> evasions, Random random)
{
    private static readonly string[] Filler =
    [
        " ", " ", " ", "\n", ", ", ". ", "the order was sent on Tuesday ", "a ", "I ", "x", "7", "12", "-", ":", "=", "\"", "(", ")", "/",
        "größe ", "l'été ", "привет ", "мир", "东京", "😀", "\u200b", "\u0301", "\ud83d", "%", "%4", "&", "&am", "\\", "\\u00", "1 2 3 ",
        "s k ", "aGVsbG8g", "deadbeef", "@", "а", "é", "\u00a0", "–", "\u2060\u2060", "\U000E0041", "ghp_", "fx-", "0",
    ];

    public string Next()
    {
        var text = new StringBuilder();
        for (var parts = random.Next(1, 9); parts > 0; parts--)
        {
            text.Append(Part());
        }

        return text.ToString();
    }

    private string Part()
    {
        var kind = random.Next(10);
        if (kind < 5 || seeds.Count == 0)
        {
            return Filler[random.Next(Filler.Length)];
        }

        var seed = seeds[random.Next(seeds.Count)];
        if (kind == 5)
        {
            return seed[..random.Next(seed.Length + 1)];
        }

        return kind < 8 && evasions.Count > 0 ? evasions[random.Next(evasions.Count)].Apply(seed) : seed;
    }
}
