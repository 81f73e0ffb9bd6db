using System.Runtime.Intrinsics;

namespace EdgeFilter.Detection.Normalization;

/// <summary>Sixty-four characters as bit masks, one bit per character and class.</summary>
/// <param name="Above">Not ASCII.</param>
/// <param name="Word">ASCII letters and digits.</param>
/// <param name="Mixed">Capitals and figures.</param>
/// <param name="Digit">Digits of base64 and base64url.</param>
/// <param name="Unusual">What may begin an escape, and control characters.</param>
internal readonly record struct ScanMasks(ulong Above, ulong Word, ulong Mixed, ulong Digit, ulong Unusual)
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
            low.Unusual | (high.Unusual << 32));
    }

    /// <summary>Where an escape may begin.</summary>
    public static ulong Leads(ref ushort block) => Leads(Narrow(ref block, 0)) | ((ulong)Leads(Narrow(ref block, Block / 2)) << 32);

    /// <summary>What may follow such a character besides letters and digits.</summary>
    public static ulong AfterLeads(ref ushort block) =>
        AfterLeads(Narrow(ref block, 0)) | ((ulong)AfterLeads(Narrow(ref block, Block / 2)) << 32);

    private static Vector256<byte> Narrow(ref ushort block, nuint at) =>
        Vector256.NarrowWithSaturation(Vector256.LoadUnsafe(ref block, at), Vector256.LoadUnsafe(ref block, at + 16));

    private static ScanMasks Classify(Vector256<byte> c)
    {
        var figure = IsBetween(c, '0', '9');
        var letter = IsBetween(c | Vector256.Create((byte)0x20), 'a', 'z');
        var capital = letter & Vector256.Equals(c & Vector256.Create((byte)0x20), Vector256<byte>.Zero);
        var word = figure | letter;

        // Every other character from the plus on: + - / and 1, which is a figure anyway.
        var joining = Vector256.Equals((c - Vector256.Create((byte)'+')) & Vector256.Create((byte)0xF9), Vector256<byte>.Zero) | Is(c, '_');
        var control = (Vector256.LessThan(c, Vector256.Create((byte)' ')) & ~IsBetween(c, '\t', '\r')) | Is(c, '\u007f');
        return new(
            c.ExtractMostSignificantBits(),
            word.ExtractMostSignificantBits(),
            (figure | capital).ExtractMostSignificantBits(),
            (word | joining).ExtractMostSignificantBits(),
            (control | IsLead(c)).ExtractMostSignificantBits());
    }

    private static uint Leads(Vector256<byte> c) => IsLead(c).ExtractMostSignificantBits();

    private static Vector256<byte> IsLead(Vector256<byte> c) => IsBetween(c, '%', '&') | Is(c, '\\');

    private static uint AfterLeads(Vector256<byte> c) =>
        (Is(c, '#') | Is(c, '"') | Is(c, '\'') | Is(c, '/')).ExtractMostSignificantBits();

    private static Vector256<byte> Is(Vector256<byte> c, char wanted) => Vector256.Equals(c, Vector256.Create((byte)wanted));

    private static Vector256<byte> IsBetween(Vector256<byte> c, char first, char last) =>
        Vector256.LessThanOrEqual(c - Vector256.Create((byte)first), Vector256.Create((byte)(last - first)));
}
