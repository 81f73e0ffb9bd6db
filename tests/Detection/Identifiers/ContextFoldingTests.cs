using System.Text;
using EdgeFilter.Detection.Identifiers;
using Xunit;

namespace EdgeFilter.Detection.Tests.Identifiers;

public class ContextFoldingTests
{
    private static readonly string[] Pieces =
        ["nationalId", "TAX", "taxID", "aBcDeF", "steuer-nummer", "NÚMERO", "éÉcole", "身份证", "4711", " ", "  ", ", ", "\n", "_", "x", "Z", "ß", "ы", "\u0000", "\uD83D\uDE00"];

    [Fact]
    public void Fold_IsTheSameCharacterByCharacter()
    {
        var random = new Random(3);
        for (var round = 0; round < 3_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            var from = random.Next(text.Length + 1);
            var to = random.Next(from, text.Length + 1);
            var folded = new char[(2 * (to - from)) + ContextFolding.Margin];
            var places = new short[folded.Length];
            var length = ContextFolding.Fold(text, from, to, folded, places);
            var (expected, expectedPlaces) = OneByOne(text, from, to);
            Assert.Equal(expected, new string(folded, 0, length));
            Assert.Equal(expectedPlaces, places[..length]);
        }
    }

    [Fact]
    public void Fold_WithTooLittleRoom_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ContextFolding.Fold("tax id", 0, 6, new char[12], new short[12]));

    private static (string Folded, short[] Places) OneByOne(string text, int from, int to)
    {
        var folded = new StringBuilder().Append(Boundary(from));
        var places = new List<short> { 0 };
        for (var i = from; i < to; i++)
        {
            if (i > 0 && char.IsUpper(text[i]) && char.IsLower(text[i - 1]))
            {
                folded.Append(' ');
                places.Add((short)(i - from));
            }

            folded.Append(LetterFolding.IsWordCharacter(text[i]) ? LetterFolding.Fold(text[i]) : ' ');
            places.Add((short)(i - from));
        }

        places.Add((short)(to - from));
        return (folded.Append(Boundary(to)).ToString(), [.. places]);

        char Boundary(int at) =>
            from < to && at > 0 && at < text.Length && LetterFolding.IsWordCharacter(text[at - 1]) && LetterFolding.IsWordCharacter(text[at]) ? ContextFolding.Cut : ' ';
    }
}
