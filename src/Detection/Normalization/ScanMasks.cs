using System.Runtime.Intrinsics;

namespace EdgeFilter.Detection.Normalization;

/// <summary>Sixty-four characters as bit masks, one bit per character and class.</summary>
/// <param name="Above">Not ASCII.</param>
/// <param name="Word">ASCII letters and digits.</param>
/// <param name="Mixed">Capitals and figures.</param>
/// <param name="Digit">Digits of base64 and base64url.</param>
/// <param name="Unusual">What may begin an escape, and control characters.</param>
internal readonly record struct ScanMasks(ulong Above, ulong Word, ulong Mixed, ulong Digit, ulong Unusual, ulong Equal)
{
    /// <summary>How many characters a mask tells of.</summary>
    public const int Block = 64;

    public static ScanMasks Of(ref ushort block)
    {
        var low = Classify(Narrow(ref block, 0));
        var high = Classify(Narrow(ref block, Block / 2));
        return new(
            low.Above | (high.Above << 32),
            low.Word | (high.Word << 32),
            low.Mixed | (high.Mixed << 32),
            low.Digit | (high.Digit << 32),
            low.Unusual | (high.Unusual << 32),
            low.Equal | (high.Equal << 32));
    }

    /// <summary>Only <see cref="Digit"/> and <see cref="Mixed"/>.</summary>
    public static (ulong Digit, ulong Mixed) DigitsOf(ref ushort block)
    {
        var (low, lowMixed) = DigitsOf(Narrow(ref block, 0));
        var (high, highMixed) = DigitsOf(Narrow(ref block, Block / 2));
        return (low | ((ulong)high << 32), lowMixed | ((ulong)highMixed << 32));
    }

    /// <summary>Where an escape may begin.</summary>
    public static ulong Leads(ref ushort block) => Leads(Narrow(ref block, 0)) | ((ulong)Leads(Narrow(ref block, Block / 2)) << 32);

    /// <summary>What may follow such a character besides letters and digits.</summary>
    public static ulong AfterLeads(ref ushort block) =>
        AfterLeads(Narrow(ref block, 0)) | ((ulong)AfterLeads(Narrow(ref block, Block / 2)) << 32);

    private static Vector256<byte> Narrow(ref ushort block, nuint at) =>
        Vector256.NarrowWithSaturation(Vector256.LoadUnsafe(ref block, at), Vector256.LoadUnsafe(ref block, at + 16));

    private static (uint Digit, uint Mixed) DigitsOf(Vector256<byte> c)
    {
        var figure = IsBetween(c, '0', '9');
        var letter = IsBetween(c | Vector256.Create((byte)0x20), 'a', 'z');
        return ((figure | letter | IsJoining(c)).ExtractMostSignificantBits(), (figure | (letter & IsCapital(c))).ExtractMostSignificantBits());
    }

    private static ScanMasks Classify(Vector256<byte> c)
    {
        var figure = IsBetween(c, '0', '9');
        var letter = IsBetween(c | Vector256.Create((byte)0x20), 'a', 'z');
        var word = figure | letter;
        var control = (Vector256.LessThan(c, Vector256.Create((byte)' ')) & ~IsBetween(c, '\t', '\r')) | Is(c, '\u007f');
        return new(
            c.ExtractMostSignificantBits(),
            word.ExtractMostSignificantBits(),
            (figure | (letter & IsCapital(c))).ExtractMostSignificantBits(),
            (word | IsJoining(c)).ExtractMostSignificantBits(),
            (control | IsLead(c)).ExtractMostSignificantBits(),
            Is(c, '=').ExtractMostSignificantBits());
    }

    /// <summary>Of letters, the capitals.</summary>
    private static Vector256<byte> IsCapital(Vector256<byte> c) => Vector256.Equals(c & Vector256.Create((byte)0x20), Vector256<byte>.Zero);

    // Every other character from the plus on: + - / and 1, which is a digit anyway.
    private static Vector256<byte> IsJoining(Vector256<byte> c) =>
        Vector256.Equals((c - Vector256.Create((byte)'+')) & Vector256.Create((byte)0xF9), Vector256<byte>.Zero) | Is(c, '_');

    private static uint Leads(Vector256<byte> c) => IsLead(c).ExtractMostSignificantBits();

    private static Vector256<byte> IsLead(Vector256<byte> c) => IsBetween(c, '%', '&') | Is(c, '\\');

    private static uint AfterLeads(Vector256<byte> c) =>
        (Is(c, '#') | Is(c, '"') | Is(c, '\'') | Is(c, '/')).ExtractMostSignificantBits();

    private static Vector256<byte> Is(Vector256<byte> c, char wanted) => Vector256.Equals(c, Vector256.Create((byte)wanted));

    private static Vector256<byte> IsBetween(Vector256<byte> c, char first, char last) =>
        Vector256.LessThanOrEqual(c - Vector256.Create((byte)first), Vector256.Create((byte)(last - first)));
}
