using System.Globalization;
using System.Text;

namespace EdgeFilter.Bench.Detection;

/// <summary>The texts that are scanned: generated, the same on every run, free of any licence.</summary>
internal static class Corpus
{
    private static readonly string[] Words =
        ("the of and to in is it you that he was for on are with as his they at be this from have or by one had not but what all were " +
        "when we there can an your which their said if do will each about how up out them then she many some so these would other into " +
        "has more her two like him see time could no make than first been its who now people my made over did down only way find use may " +
        "water long little very after words called just where most know get through back much before go good new write our used me man " +
        "too any day same right look think also around another came come work three word must because does part even place well such here " +
        "take why things help put years different away again off went old number great tell men say small every found still between name " +
        "should home big give air line set own under read last never us left end along while might next sound below saw something thought " +
        "both few those always looked show large often together asked house world going want school important until form food keep " +
        "children feet land side without boy once animals life enough took sometimes four head above kind began almost live page got " +
        "earth need far hand high year mother light parts country father let night following picture being study second eyes soon times " +
        "story boys since white days ever paper hard near sentence better best across during today others however sure means knew try told " +
        "young miles sun ways thing whole hear example heard several change answer room sea against top turned learn point city play toward " +
        "contract invoice meeting customer delivery quarter report budget supplier manager training account department schedule warranty").Split(' ');

    /// <summary>English-like prose with punctuation, the odd number and the odd capital, about <paramref name="length"/> characters, ASCII.</summary>
    public static string Prose(int length)
    {
        var random = new Random(20_26);
        var text = new StringBuilder(length + 100);
        while (text.Length < length)
        {
            var words = random.Next(6, 22);
            for (var i = 0; i < words; i++)
            {
                var word = Words[random.Next(Words.Length)];
                text.Append(i == 0 ? char.ToUpperInvariant(word[0]) + word[1..] : word);
                text.Append(i == words - 1 ? "" : random.Next(12) == 0 ? ", " : " ");
                if (random.Next(70) == 0)
                {
                    text.Append(random.Next(2, 2030).ToString(CultureInfo.InvariantCulture)).Append(' ');
                }
            }

            text.Append(random.Next(12) switch { 0 => "?", 1 => "!", _ => "." }).Append(random.Next(6) == 0 ? "\n\n" : " ");
        }

        text.Length = length;
        return text.ToString();
    }

    /// <summary>Texts made to be slow, by name.</summary>
    public static IReadOnlyDictionary<string, Func<int, string>> Hostile { get; } = new Dictionary<string, Func<int, string>>
    {
        ["all digits"] = length => Repeat("7305926184", length),
        ["all @"] = length => new string('@', length),
        ["all base64"] = Base64,
        ["digits and spaces"] = length => Repeat("41 11 ", length),
        ["address after address"] = length => Repeat("a@b.c", length),
        ["colons and hex"] = length => Repeat("fe80:", length),
        ["dots and digits"] = length => Repeat("10.", length),
        ["key prefixes"] = length => Repeat("ghp_AKIAsk-eyJxoxb-", length),
        ["percent escapes"] = length => Repeat("%2541", length),
        ["quotes and equals"] = length => Repeat("token=\"", length),
        ["letters"] = length => new string('A', length),
        ["zero-width"] = length => Repeat("a\u200b", length),
    };

    private static string Repeat(string part, int length) =>
        string.Create(length, part, static (span, piece) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = piece[i % piece.Length];
            }
        });

    private static string Base64(int length)
    {
        var bytes = new byte[(length / 4 * 3) + 3];
        new Random(7).NextBytes(bytes);
        return Convert.ToBase64String(bytes)[..length];
    }
}
