using System.Buffers;

namespace EdgeFilter.Detection.Normalization;

/// <summary>
/// Passes over base64 digits that can't begin a text, by looking at one group of four in two: eight bytes of text that begin in
/// a group fill the two groups behind it. Decoding then gives what it would have given from the first digit on.
/// </summary>
internal static class Base64Skip
{
    private const int Group = 4;

    // For four digits' worth of three bytes, each ASCII text, UTF-8 lead, UTF-8 continuation, zero or none of these: can text hold them?
    public const int Ascii = 0;
    public const int Lead = 2;
    public const int None = 3;
    private const int Continuation = 1;
    private const int Zero = 4;

    private static readonly SearchValues<char> Telling = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    private static readonly byte[] Classes = BuildClasses();
    private static readonly bool[] Possible = BuildPossible();

    /// <summary>What each byte can be in a text.</summary>
    public static ReadOnlySpan<byte> ByteClasses => Classes;

    /// <summary>The first group, from the one at an index on, in which a text may begin. It may turn out not to.</summary>
    public static int Next(ReadOnlySpan<char> digits, int at)
    {
        var values = DigitAlphabet.Base64.Values;
        while (at + (3 * Group) <= digits.Length)
        {
            if (!MayBeText(digits.Slice(at + (2 * Group), Group), values))
            {
                at += 2 * Group;
            }
            else if (!MayBeText(digits.Slice(at + Group, Group), values))
            {
                at += Group;
            }
            else
            {
                break;
            }
        }

        return at;
    }

    /// <summary>How many bytes at the end of whole groups have no capital or figure in their digits.</summary>
    public static int PlainBytesBefore(ReadOnlySpan<char> digits)
    {
        const int enough = 5;
        var groups = 0;
        while (groups < enough && (groups + 1) * Group <= digits.Length
            && !digits.Slice(digits.Length - ((groups + 1) * Group), Group).ContainsAny(Telling))
        {
            groups++;
        }

        return 3 * groups;
    }

    private static bool MayBeText(ReadOnlySpan<char> group, ReadOnlySpan<byte> values)
    {
        var bits = (values[group[0]] << 18) | (values[group[1]] << 12) | (values[group[2]] << 6) | values[group[3]];
        var classes = Classes;
        return Possible[(classes[bits >> 16] << 6) | (classes[(bits >> 8) & 0xFF] << 3) | classes[bits & 0xFF]];
    }

    private static byte[] BuildClasses()
    {
        var classes = new byte[256];
        for (var value = 0; value < classes.Length; value++)
        {
            classes[value] = value switch
            {
                (>= ' ' and < 0x7F) or '\t' or '\n' or '\r' => Ascii,
                >= 0x80 and < 0xC0 => Continuation,
                >= 0xC2 and < 0xF5 => Lead,
                0 => Zero,
                _ => None,
            };
        }

        return classes;
    }

    private static bool[] BuildPossible()
    {
        var possible = new bool[512];
        for (var i = 0; i < possible.Length; i++)
        {
            var (a, b, c) = (i >> 6, (i >> 3) & 7, i & 7);
            possible[i] = (a < None && b < None && c < None && Follows(a, b) && Follows(b, c)) || (a, b, c) is (Ascii, Zero, Ascii) or (Zero, Ascii, Zero);
        }

        return possible;
    }

    private static bool Follows(int before, int after) => before switch
    {
        Ascii => after != Continuation,
        Lead => after == Continuation,
        _ => true,
    };
}
