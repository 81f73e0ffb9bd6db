using System.Globalization;
using System.Text;
using EdgeFilter.Detection.Identifiers;
using Xunit;
using Xunit.Abstractions;

namespace EdgeFilter.Detection.Tests.Identifiers;

/// <summary>Text without personal data, made here from fixed seeds: under one likely finding per 100 KB of each kind.</summary>
public class FalseAlarmTests(ITestOutputHelper output)
{
    private const int Size = 200_000;

    private static readonly DetectorCatalog Identifiers = new([new IdentifierFamily()]);
    private static readonly DetectionPlan Plan = Identifiers.Compile(Identifiers.Detectors);

    private static readonly string[] English =
        ("the of and to in is that for it as was with be by on not he his but at are this have from or had an they which one you were her " +
        "all she there would their we him been has when who will more no if out so said what up its about into than them can only other new " +
        "some could time these two may then do first any my now such like our over man me even most made after also did many before must " +
        "through back years where much your way well down should because each just people how too little state good very make world still " +
        "own see men work long get here between both life being under never day same another know while last might us great old year off " +
        "come since against go came right used take three report system value table number result measure order page chapter figure line")
        .Split(' ');

    private static readonly string[] German =
        ("der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei " +
        "einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei Prozent hatte kann " +
        "gegen vom können schon wenn habe seine Mark ihre dann unter wir soll ich eines es Jahr zwei Jahren diese dieser wieder keine Uhr seiner " +
        "worden und will zwischen im immer Millionen was sagte Zeile Seite Tabelle Ergebnis Messung Bericht Abbildung Kapitel").Split(' ');

    public static TheoryData<string> Kinds() => ["english", "german", "logs", "numbers", "code", "base64", "hashes"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Inspect_TextWithoutPersonalData_HardlyReportsAnything(string kind)
    {
        var text = Make(kind, new Random(41));
        var findings = new FindingCollector();
        Plan.Inspect(text, findings);
        var likely = findings.Findings.ToArray().Where(f => f.Level >= ConfidenceLevel.Likely).ToArray();
        foreach (var group in likely.GroupBy(f => f.Detector.Id))
        {
            output.WriteLine($"{group.Key}: {group.Count()}");
        }

        Assert.True(likely.Length < Size / 100_000.0, $"{likely.Length} likely findings in {Size} characters.");
    }

    private static string Make(string kind, Random random)
    {
        var text = new StringBuilder();
        while (text.Length < Size)
        {
            switch (kind)
            {
                case "english":
                    Prose(text, English, random);
                    break;
                case "german":
                    Prose(text, German, random);
                    break;
                case "logs":
                    Log(text, random);
                    break;
                case "numbers":
                    text.Append(CultureInfo.InvariantCulture, $"{random.Next(99_999)},{random.NextDouble() * 1000:0.00},{random.Next(100)},")
                        .Append(CultureInfo.InvariantCulture, $"{random.NextDouble():0.000000},{random.NextInt64(99_999_999_999)}\n");
                    break;
                case "code":
                    text.Append(CultureInfo.InvariantCulture, $"    internal static int Get{random.Next(100)}(int a, string b = \"v{random.Next(9)}.{random.Next(20)}.{random.Next(9)}\") ")
                        .Append(CultureInfo.InvariantCulture, $"=> map[0x{random.Next():x8}].Visit(a + {random.Next(4096)}) ?? std::max(a, {random.Next(100)}); // {Hex(random, 4)}\n");
                    break;
                case "base64":
                    var bytes = new byte[57];
                    random.NextBytes(bytes);
                    text.Append(Convert.ToBase64String(bytes)).Append('\n');
                    break;
                default:
                    text.Append(CultureInfo.InvariantCulture, $"{Hex(random, 20)} fix the build ({Hex(random, 4)[..7]})\n");
                    break;
            }
        }

        return text.ToString(0, Size);
    }

    private static void Prose(StringBuilder text, string[] words, Random random)
    {
        var length = random.Next(6, 18);
        for (var i = 0; i < length; i++)
        {
            var word = words[random.Next(words.Length)];
            text.Append(i == 0 ? char.ToUpperInvariant(word[0]) + word[1..] : word).Append(i == length - 1 ? ". " : " ");
        }

        if (random.Next(10) == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"In {random.Next(1900, 2030)}, {random.Next(2, 900)} of {random.Next(1000, 90000)} were left. ");
        }

        if (random.Next(8) == 0)
        {
            text.Append("\n\n");
        }
    }

    private static void Log(StringBuilder text, Random random)
    {
        var id = new byte[16];
        random.NextBytes(id);
        text.Append(CultureInfo.InvariantCulture, $"{{\"ts\":\"2026-11-{random.Next(1, 29):00}T{random.Next(24):00}:{random.Next(60):00}:{random.Next(60):00}.{random.Next(1000):000}Z\",\"level\":\"info\",")
            .Append(CultureInfo.InvariantCulture, $"\"trace\":\"{Hex(random, 16)}\",\"request\":\"{new Guid(id)}\",\"ms\":{random.NextDouble() * 900:0.###},\"status\":{random.Next(200, 505)},")
            .Append(CultureInfo.InvariantCulture, $"\"bytes\":{random.Next(90_000)},\"epoch\":{1_700_000_000_000L + random.NextInt64(99_999_999_999)},\"seq\":{1_100_000_000_000_000_000L + random.NextInt64(99_999_999_999_999_999)}}}\n");
    }

    private static string Hex(Random random, int bytes)
    {
        var buffer = new byte[bytes];
        random.NextBytes(buffer);
        return Convert.ToHexStringLower(buffer);
    }
}
