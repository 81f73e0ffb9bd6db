using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeFilter.Detection.Patterns;

/// <summary>
/// Five bits for a character, in which <see cref="LiteralSearch{T}"/> compares: letters regardless of case, digits as one, the rest
/// in a few groups. Different characters may share a code, never the other way round.
/// </summary>
internal static class LiteralCodes
{
    public const int Count = 32;

    /// <summary>The code of what is not ASCII, and of a little else.</summary>
    public const byte Foreign = 30;

    /// <summary>How many characters are coded at once.</summary>
    public const int Step = 32;

    private const byte Digits = 27;
    private const byte Stops = 28;
    private const byte Dashes = 29;

    // From the blank to the question mark; letters, and what stands among them in ASCII, keep their low five bits.
    private static readonly Vector256<byte> Low = Vector256.Create([.. Enumerable.Range(0, Count).Select(c => (byte)CodeOfLow((char)(' ' + c)))]);

    /// <summary>The code of a character.</summary>
    public static byte Of(char c) => c >= 0x80 ? Foreign : c >= 0x40 ? (byte)(c & 31) : Low.GetElement(c & 31);

    /// <summary>Whether a letter beyond ASCII may be taken for one with this code where case doesn't count: ſ, ı, the Kelvin sign.</summary>
    public static bool HasForeignTwin(int code) => code is ('s' & 31) or ('i' & 31) or ('k' & 31);

    /// <summary>How often a code stands in ordinary text, roughly: choosing rare places of a literal needs no more.</summary>
    public static double FrequencyOf(int code)
    {
        ReadOnlySpan<double> letters = [0.064, 0.012, 0.022, 0.033, 0.099, 0.017, 0.016, 0.048, 0.056, 0.001, 0.006, 0.033, 0.02, 0.056, 0.06, 0.015, 0.001, 0.048, 0.05, 0.071, 0.022, 0.008, 0.019, 0.002, 0.016, 0.001];
        return code switch
        {
            0 => 0.17,
            Digits => 0.02,
            Stops => 0.03,
            Dashes => 0.01,
            Foreign => 0.02,
            31 => 0.002,
            _ => letters[code - 1],
        };
    }

    /// <summary>Codes a stretch of text; behind its end stand blanks.</summary>
    /// <param name="text">The stretch.</param>
    /// <param name="codes">Room for the stretch, rounded up to a multiple of <see cref="Step"/>; all of it is written.</param>
    public static void Write(ReadOnlySpan<char> text, Span<byte> codes)
    {
        ref var first = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref var to = ref MemoryMarshal.GetReference(codes);
        var at = 0;
        for (; at + Step <= text.Length; at += Step)
        {
            CodesOf(ref Unsafe.Add(ref first, at)).StoreUnsafe(ref to, (nuint)at);
        }

        if (at < codes.Length)
        {
            Span<ushort> padded = stackalloc ushort[Step];
            padded.Fill(' ');
            MemoryMarshal.Cast<char, ushort>(text[at..]).CopyTo(padded);
            CodesOf(ref padded[0]).StoreUnsafe(ref to, (nuint)at);
            codes[(at + Step)..].Clear();
        }
    }

    private static Vector256<byte> CodesOf(ref ushort text)
    {
        var c = Vector256.NarrowWithSaturation(Vector256.LoadUnsafe(ref text), Vector256.LoadUnsafe(ref text, 16));
        var low = c & Vector256.Create((byte)31);
        var isHigh = Vector256.GreaterThanOrEqual(c, Vector256.Create((byte)0x40));
        var isForeign = Vector256.GreaterThanOrEqual(c, Vector256.Create((byte)0x80));
        var codes = Vector256.ConditionalSelect(isHigh, low, Vector256.ShuffleNative(Low, low));
        return Vector256.ConditionalSelect(isForeign, Vector256.Create(Foreign), codes);
    }

    private static int CodeOfLow(char c) => c switch
    {
        ' ' => 0,
        >= '0' and <= '9' => Digits,
        '.' or ',' or '!' or '?' or ';' or '\'' or '"' or '(' or ')' => Stops,
        '-' => Dashes,
        _ => Foreign,
    };
}
