using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeFilter.Detection.Normalization;

/// <summary>
/// Groups of digits in a row of which a text can hold every byte behind those before it. Told for sixty-four places at a time; what has
/// to be known of the block before is kept.
/// </summary>
internal struct GroupChain
{
    /// <summary>How many digits four groups of base64 have: sixteen bytes that begin in a group fill the four behind it.</summary>
    public const int OfBase64 = 4 * Base64Group;

    /// <summary>How many digits two groups of base32 have: sixteen bytes that begin in a group fill the two behind it.</summary>
    public const int OfBase32 = 2 * Base32Group;

    /// <summary>How many hexadecimal digits the fifteen bytes have that follow the first.</summary>
    public const int OfHexadecimal = 15 * HexadecimalGroup;

    private const int Base64Group = 4;
    private const int Base32Group = 8;
    private const int HexadecimalGroup = 2;

    // The last three bytes of groups, the last one first.
    private ByteMasks last;
    private ByteMasks secondLast;
    private ByteMasks thirdLast;

    // Where one, two, four and eight groups end that follow one another.
    private ulong one;
    private ulong two;
    private ulong four;
    private ulong eight;

    /// <summary>Marks where the last group of <see cref="OfBase64"/> digits begins.</summary>
    /// <param name="digits">The bits of sixty-four digits, and of as many as a group has behind them.</param>
    public ulong AddBase64(ref byte digits)
    {
        var (b, c) = (At(ref digits, 1), At(ref digits, 2));
        var first = ByteMasks.Of((At(ref digits, 0).Low << 2) | (b.Low >> 4), (At(ref digits, 0).High << 2) | (b.High >> 4));
        var second = ByteMasks.Of(((b.Low & Bits(4)) << 4) | (c.Low >> 2), ((b.High & Bits(4)) << 4) | (c.High >> 2));
        var d = At(ref digits, 3);
        var third = ByteMasks.Of(((c.Low & Bits(2)) << 6) | d.Low, ((c.High & Bits(2)) << 6) | d.High);

        var before = third.Earlier(last, Base64Group);
        var beforeThat = second.Earlier(secondLast, Base64Group);
        var group = first.Follows(before, beforeThat, first.Earlier(thirdLast, Base64Group))
            & second.Follows(first, before, beforeThat)
            & third.Follows(second, first, before);
        (last, secondLast, thirdLast) = (third, second, first);
        var pair = group & TextScan.Shifted(group, one, Base64Group);
        var all = pair & TextScan.Shifted(pair, two, 2 * Base64Group);
        (one, two) = (group, pair);
        return all;
    }

    /// <summary>Marks where the last group of <see cref="OfBase32"/> digits begins.</summary>
    /// <param name="digits">The bits of sixty-four digits, and of as many as a group has behind them.</param>
    public ulong AddBase32(ref byte digits)
    {
        var (b, d) = (At(ref digits, 1), At(ref digits, 3));
        var (c, e) = (At(ref digits, 2), At(ref digits, 4));
        var g = At(ref digits, 6);
        var first = ByteMasks.Of((At(ref digits, 0).Low << 3) | (b.Low >> 2), (At(ref digits, 0).High << 3) | (b.High >> 2));
        var second = ByteMasks.Of(
            ((b.Low & Bits(2)) << 6) | (c.Low << 1) | (d.Low >> 4),
            ((b.High & Bits(2)) << 6) | (c.High << 1) | (d.High >> 4));
        var third = ByteMasks.Of(((d.Low & Bits(4)) << 4) | (e.Low >> 1), ((d.High & Bits(4)) << 4) | (e.High >> 1));
        var fourth = ByteMasks.Of(
            ((e.Low & Bits(1)) << 7) | (At(ref digits, 5).Low << 2) | (g.Low >> 3),
            ((e.High & Bits(1)) << 7) | (At(ref digits, 5).High << 2) | (g.High >> 3));
        var h = At(ref digits, 7);
        var fifth = ByteMasks.Of(((g.Low & Bits(3)) << 5) | h.Low, ((g.High & Bits(3)) << 5) | h.High);

        var before = fifth.Earlier(last, Base32Group);
        var beforeThat = fourth.Earlier(secondLast, Base32Group);
        var group = first.Follows(before, beforeThat, third.Earlier(thirdLast, Base32Group))
            & second.Follows(first, before, beforeThat)
            & third.Follows(second, first, before)
            & fourth.Follows(third, second, first)
            & fifth.Follows(fourth, third, second);
        (last, secondLast, thirdLast) = (fifth, fourth, third);
        var all = group & TextScan.Shifted(group, one, Base32Group);
        one = group;
        return all;
    }

    /// <summary>Marks where the last group of <see cref="OfHexadecimal"/> digits begins.</summary>
    /// <param name="digits">The bits of sixty-four digits, and of as many as a group has behind them.</param>
    public ulong AddHexadecimal(ref byte digits)
    {
        const int step = HexadecimalGroup;
        var (a, b) = (At(ref digits, 0), At(ref digits, 1));
        var only = ByteMasks.Of((a.Low << 4) | b.Low, (a.High << 4) | b.High);
        var group = only.Follows(only.Earlier(last, step), only.Earlier(last, 2 * step), only.Earlier(last, 3 * step));
        last = only;
        var pair = group & TextScan.Shifted(group, one, step);
        var ofFour = pair & TextScan.Shifted(pair, two, 2 * step);
        var ofEight = ofFour & TextScan.Shifted(ofFour, four, 4 * step);
        var all = ofEight & TextScan.Shifted(ofEight, eight, 7 * step);
        (one, two, four, eight) = (group, pair, ofFour, ofEight);
        return all;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<byte> Low, Vector256<byte> High) At(ref byte digits, int index) =>
        (Vector256.LoadUnsafe(ref digits, (nuint)index), Vector256.LoadUnsafe(ref digits, (nuint)(index + Vector256<byte>.Count)));

    private static Vector256<byte> Bits(int count) => Vector256.Create((byte)((1 << count) - 1));
}
