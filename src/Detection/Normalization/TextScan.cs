using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeFilter.Detection.Normalization;

/// <summary>
/// One vectorised look at a text: does it hold anything that another view would read differently? Sixty-four characters become
/// one bit mask per character class, and the questions are answered with shifts over those masks.
/// </summary>
internal static class TextScan
{
    private const int Block = 64;

    // Patterns reach across blocks: each step looks at the last 16 characters of the block before and the first 48 of this one.
    private const int Carry = 16;

    /// <summary>Looks at the whole text.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="untilRun">Stops at the first run that may be encoded; what stands behind it is not looked at.</param>
    public static TextInterests Scan(ReadOnlySpan<char> text, bool untilRun = false)
    {
        var interests = new TextInterests();
        var before = default(Masks);
        ref var first = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        var at = 0;
        for (; at + Block <= text.Length; at += Block)
        {
            var current = Classify(ref Unsafe.Add(ref first, at));
            Look(before, current, at - Carry, interests: ref interests);
            if (untilRun && interests.FirstRun >= 0)
            {
                return interests;
            }

            before = current;
        }

        // The rest, and once more for the patterns that begin in the last sixteen characters.
        Span<ushort> padded = stackalloc ushort[2 * Block];
        padded.Fill(' ');
        MemoryMarshal.Cast<char, ushort>(text[at..]).CopyTo(padded);
        var last = Classify(ref padded[0]);
        Look(before, last, at - Carry, ref interests);
        Look(last, default, at + Block - Carry, ref interests);
        return interests;
    }

    private static void Look(in Masks before, in Masks now, int start, ref TextInterests interests)
    {
        interests.NotAscii |= now.Above != 0;
        if ((now.Lead | before.Lead) != 0)
        {
            var escapes = Join(before.Lead, now.Lead) & (Join(before.AfterLead | before.Word, now.AfterLead | now.Word) >> 1);
            escapes |= Join(before.Control, now.Control);
            Note(ref interests.FirstEscape, escapes, start);
        }
        else if ((now.Control | before.Control) != 0)
        {
            Note(ref interests.FirstEscape, Join(before.Control, now.Control), start);
        }

        var digits = Join(before.Digit, now.Digit);
        var run = digits & (digits >> 1);
        run &= run >> 2;
        run &= run >> 4;
        run &= run >> (TextViewLimits.MinEncoded - 8);
        if (run != 0)
        {
            // Among these there is at least one capital or figure: no ordinary word of prose, and no text decodes without one.
            var mixed = Join(before.Mixed, now.Mixed);
            mixed |= mixed >> 1;
            mixed |= mixed >> 2;
            mixed |= mixed >> 4;
            mixed |= mixed >> (TextViewLimits.MinEncoded - 8);
            Note(ref interests.FirstRun, run & mixed, start);
        }

        var words = Join(before.Word, now.Word);
        var single = words & ~(words << 1) & ~(words >> 1);
        var separated = (single & (single >> 2) & (single >> 4)) | (single & (single >> 3) & (single >> 6))
            | (single & (single >> 4) & (single >> 8)) | FourOfSix(single);
        if (separated != 0)
        {
            Note(ref interests.FirstSeparated, separated, start);
        }
    }

    /// <summary>Marks where at least four of the six bits at every other place are set.</summary>
    private static ulong FourOfSix(ulong bits)
    {
        // Two full adders over three bits each; the sum has bit 2 set when it is four or more.
        var (a, b, c, d, e, f) = (bits, bits >> 2, bits >> 4, bits >> 6, bits >> 8, bits >> 10);
        var (low1, high1) = (a ^ b ^ c, (a & b) | (b & c) | (a & c));
        var (low2, high2) = (d ^ e ^ f, (d & e) | (e & f) | (d & f));
        return (high1 & high2) | ((low1 & low2) & (high1 ^ high2));
    }

    private static ulong Join(ulong before, ulong now) => (before >> (Block - Carry)) | (now << Carry);

    private static void Note(ref int place, ulong mask, int start)
    {
        if (mask != 0 && place < 0)
        {
            place = Math.Max(0, start + BitOperations.TrailingZeroCount(mask));
        }
    }

    private static Masks Classify(ref ushort text)
    {
        var low = Classify(Vector256.NarrowWithSaturation(
            Vector256.LoadUnsafe(ref text), Vector256.LoadUnsafe(ref text, 16)));
        var high = Classify(Vector256.NarrowWithSaturation(
            Vector256.LoadUnsafe(ref text, 32), Vector256.LoadUnsafe(ref text, 48)));
        return low.Below(high);
    }

    private static Masks Classify(Vector256<byte> c)
    {
        var figure = Vector256.LessThanOrEqual(c - Vector256.Create((byte)'0'), Vector256.Create((byte)9));
        var capital = Vector256.LessThanOrEqual(c - Vector256.Create((byte)'A'), Vector256.Create((byte)25));
        var small = Vector256.LessThanOrEqual(c - Vector256.Create((byte)'a'), Vector256.Create((byte)25));
        var mixed = figure | capital;
        var word = mixed | small;
        var joining = Is(c, '+') | Is(c, '/') | Is(c, '-') | Is(c, '_');
        var lead = Is(c, '%') | Is(c, '&') | Is(c, '\\');
        var afterLead = Is(c, '#') | Is(c, '"') | Is(c, '\'') | Is(c, '/');
        var control = (Vector256.LessThan(c, Vector256.Create((byte)' '))
            & ~(Vector256.LessThanOrEqual(c - Vector256.Create((byte)'\t'), Vector256.Create((byte)('\r' - '\t'))))) | Is(c, '\u007f');
        return new Masks(
            c.ExtractMostSignificantBits(),
            word.ExtractMostSignificantBits(),
            mixed.ExtractMostSignificantBits(),
            (word | joining).ExtractMostSignificantBits(),
            lead.ExtractMostSignificantBits(),
            afterLead.ExtractMostSignificantBits(),
            control.ExtractMostSignificantBits());
    }

    private static Vector256<byte> Is(Vector256<byte> c, char wanted) => Vector256.Equals(c, Vector256.Create((byte)wanted));

    /// <summary>One bit per character and class.</summary>
    private readonly record struct Masks(
        ulong Above, ulong Word, ulong Mixed, ulong Digit, ulong Lead, ulong AfterLead, ulong Control)
    {
        public Masks Below(in Masks high) => new(
            Above | (high.Above << 32),
            Word | (high.Word << 32),
            Mixed | (high.Mixed << 32),
            Digit | (high.Digit << 32),
            Lead | (high.Lead << 32),
            AfterLead | (high.AfterLead << 32),
            Control | (high.Control << 32));
    }
}
