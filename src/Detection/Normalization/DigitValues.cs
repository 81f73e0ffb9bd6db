using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeFilter.Detection.Normalization;

/// <summary>The bits that digits carry, thirty-two digits at a time.</summary>
internal static class DigitValues
{
    private const int Step = 32;

    /// <summary>Writes the bits of each digit; zeros behind the last.</summary>
    /// <param name="alphabet">What the digits are of; other characters get any value.</param>
    /// <param name="digits">The digits, all ASCII.</param>
    /// <param name="values">Room for all of them, a multiple of <see cref="Step"/>; all of it is written.</param>
    public static void Write(DigitAlphabet alphabet, ReadOnlySpan<char> digits, Span<byte> values)
    {
        ref var first = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(digits));
        ref var to = ref MemoryMarshal.GetReference(values);
        var at = 0;
        for (; at + Step <= digits.Length; at += Step)
        {
            Of(alphabet, ref Unsafe.Add(ref first, at)).StoreUnsafe(ref to, (nuint)at);
        }

        values[at..].Clear();
        for (; at < digits.Length; at++)
        {
            values[at] = alphabet.Values[digits[at]];
        }
    }

    private static Vector256<byte> Of(DigitAlphabet alphabet, ref ushort digits)
    {
        var c = Vector256.NarrowWithSaturation(Vector256.LoadUnsafe(ref digits), Vector256.LoadUnsafe(ref digits, 16));
        var lower = c | Vector256.Create((byte)0x20);
        var isLetter = Vector256.LessThanOrEqual(lower - Vector256.Create((byte)'a'), Vector256.Create((byte)('z' - 'a')));
        var letter = lower - Vector256.Create((byte)'a');
        switch (alphabet.Bits)
        {
            case 6:
                var isSmall = Vector256.GreaterThanOrEqual(c, Vector256.Create((byte)'a'));
                var figure = c - Vector256.Create((byte)'0') + Vector256.Create((byte)52);
                var isFigure = Vector256.LessThanOrEqual(c - Vector256.Create((byte)'0'), Vector256.Create((byte)9));

                // Of the rest the slash and the underscore are 63, the plus and the dash 62.
                var isLast = Vector256.Equals(c, Vector256.Create((byte)'/')) | Vector256.Equals(c, Vector256.Create((byte)'_'));
                var other = Vector256.Create((byte)62) - isLast;
                return Vector256.ConditionalSelect(
                    isLetter,
                    letter + (isSmall & Vector256.Create((byte)26)),
                    Vector256.ConditionalSelect(isFigure, figure, other));
            case 5:
                return Vector256.ConditionalSelect(isLetter, letter, c - Vector256.Create((byte)'2') + Vector256.Create((byte)26));
            default:
                return Vector256.ConditionalSelect(isLetter, letter + Vector256.Create((byte)10), c - Vector256.Create((byte)'0'));
        }
    }
}
