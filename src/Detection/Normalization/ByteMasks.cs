using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeFilter.Detection.Normalization;

/// <summary>Sixty-four bytes as bit masks: what each could be in a text. In none of them where no text holds such a byte.</summary>
/// <param name="Ascii">Printable ASCII, a tab or the end of a line.</param>
/// <param name="Lead">The first byte of a longer UTF-8 character.</param>
/// <param name="LongLead">Of one of three or four bytes.</param>
/// <param name="LongestLead">Of one of four.</param>
/// <param name="Inside">A later byte of such a character.</param>
/// <param name="Zero">Behind each character of ASCII in UTF-16.</param>
internal readonly record struct ByteMasks(ulong Ascii, ulong Lead, ulong LongLead, ulong LongestLead, ulong Inside, ulong Zero)
{
    private const int Half = 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ByteMasks Of(Vector256<byte> lower, Vector256<byte> upper)
    {
        var (first, second) = (Of(lower), Of(upper));
        return new(
            first.Ascii | (second.Ascii << Half),
            first.Lead | (second.Lead << Half),
            first.LongLead | (second.LongLead << Half),
            first.LongestLead | (second.LongestLead << Half),
            first.Inside | (second.Inside << Half),
            first.Zero | (second.Zero << Half));
    }

    /// <summary>The bytes so many places before, with those of the block before moved in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ByteMasks Earlier(in ByteMasks before, int by) => new(
        TextScan.Shifted(Ascii, before.Ascii, by),
        TextScan.Shifted(Lead, before.Lead, by),
        TextScan.Shifted(LongLead, before.LongLead, by),
        TextScan.Shifted(LongestLead, before.LongestLead, by),
        TextScan.Shifted(Inside, before.Inside, by),
        TextScan.Shifted(Zero, before.Zero, by));

    /// <summary>Where a text can hold the byte right behind three others.</summary>
    /// <param name="one">The byte right before.</param>
    /// <param name="two">The one before that.</param>
    /// <param name="three">The one before both.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Follows(in ByteMasks one, in ByteMasks two, in ByteMasks three)
    {
        var isAwaited = two.LongLead | (two.Inside & three.LongestLead);
        return (Inside & (one.Lead | (one.Inside & isAwaited)))
            | ((Ascii | Lead) & (one.Ascii | (one.Inside & ~isAwaited)))
            | (Ascii & one.Zero) | (Zero & one.Ascii);
    }

    private static ByteMasks Of(Vector256<byte> bytes) => new(
        (IsBetween(bytes, 0x20, 0x7E) | IsBetween(bytes, 0x09, 0x0A) | Vector256.Equals(bytes, Vector256.Create((byte)0x0D))).ExtractMostSignificantBits(),
        IsBetween(bytes, 0xC2, 0xF4).ExtractMostSignificantBits(),
        IsBetween(bytes, 0xE0, 0xF4).ExtractMostSignificantBits(),
        IsBetween(bytes, 0xF0, 0xF4).ExtractMostSignificantBits(),
        IsBetween(bytes, 0x80, 0xBF).ExtractMostSignificantBits(),
        Vector256.Equals(bytes, Vector256<byte>.Zero).ExtractMostSignificantBits());

    private static Vector256<byte> IsBetween(Vector256<byte> bytes, byte first, byte last) =>
        Vector256.LessThanOrEqual(bytes - Vector256.Create(first), Vector256.Create((byte)(last - first)));
}
