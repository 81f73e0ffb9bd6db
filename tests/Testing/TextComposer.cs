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

    private const string Prose =
        "the order was sent on Tuesday and arrived a day later, so Dr. A. Brown paid 12 euros for 3 of them; internationalisation helps. ";

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
        if (random.Next(12) == 0)
        {
            return Long();
        }

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

    /// <summary>Enough of one kind that what was judged before is out of sight.</summary>
    private string Long()
    {
        var prose = string.Concat(Enumerable.Repeat(Prose, random.Next(1, 8)));
        switch (random.Next(6))
        {
            case 0:
                return prose;
            case 1 when evasions.Count > 0:
                return evasions[random.Next(evasions.Count)].Apply(prose[..random.Next(prose.Length)]);
            case 2 when seeds.Count > 0:
                return Encoded(prose + seeds[random.Next(seeds.Count)] + " " + prose);
            case 3:
                var picture = new byte[random.Next(1200)];
                random.NextBytes(picture);
                return Convert.ToBase64String(picture);
            case 4:
                return new string("\u200b1 -é\u0301"[random.Next(6)], random.Next(600));
            default:
                return string.Concat(Enumerable.Repeat("привет, мир. ", random.Next(60)));
        }
    }

    private string Encoded(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return random.Next(4) switch
        {
            0 => Convert.ToHexString(bytes),
            1 => Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks),
            2 => Convert.ToBase64String(Encoding.UTF8.GetBytes("id=" + Convert.ToBase64String(bytes))),
            _ => Convert.ToBase64String(bytes),
        };
    }
}
