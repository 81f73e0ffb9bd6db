using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeFilter.Detection.Normalization;

/// <summary>
/// One vectorised look at a text: does it hold anything that another view would read differently? Sixty-four characters become
/// one bit mask per character class, and the questions are answered with shifts over those masks.
/// </summary>
/// <remarks>
/// A pattern is noticed at its last character, with what the masks of the block before say of its beginning: so it is seen
/// wherever it stands. What is rare is told apart only where it occurs.
/// </remarks>
internal static class TextScan
{
    private const int Block = ScanMasks.Block;

    // The widest pattern of single characters: six with one between each.
    private const int MaxSpread = 12;

    // Four words of two characters with one between each, and the one behind.
    private const int MaxPairs = 12;

    /// <summary>Looks at the whole text.</summary>
    public static TextInterests Scan(ReadOnlySpan<char> text)
    {
        var interests = new TextInterests();
        var before = default(Seen);
        ref var first = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        var at = 0;
        for (; at + Block <= text.Length; at += Block)
        {
            Look(ref before, ref Unsafe.Add(ref first, at), at, ref interests);
        }

        // The rest, and once more for single characters at its end.
        Span<ushort> padded = stackalloc ushort[2 * Block];
        padded.Fill(' ');
        MemoryMarshal.Cast<char, ushort>(text[at..]).CopyTo(padded);
        Look(ref before, ref padded[0], at, ref interests);
        Look(ref before, ref padded[Block], at + Block, ref interests);
        return interests;
    }

    /// <summary>An index inside the first run of digits that is long and mixed enough to carry text; -1 without one.</summary>
    public static int FirstRun(ReadOnlySpan<char> text)
    {
        var before = default(EncodedMasks);
        ref var first = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        var at = 0;
        for (; at + Block <= text.Length; at += Block)
        {
            var (digit, mixed) = ScanMasks.DigitsOf(ref Unsafe.Add(ref first, at));
            before = before.Then(digit, mixed);
            if (before.Ends != 0)
            {
                return at + BitOperations.TrailingZeroCount(before.Ends) + 1 - TextViewLimits.MinEncoded;
            }
        }

        Span<ushort> padded = stackalloc ushort[Block];
        padded.Fill(' ');
        MemoryMarshal.Cast<char, ushort>(text[at..]).CopyTo(padded);
        var last = ScanMasks.DigitsOf(ref padded[0]);
        before = before.Then(last.Digit, last.Mixed);
        return before.Ends == 0 ? -1 : at + BitOperations.TrailingZeroCount(before.Ends) + 1 - TextViewLimits.MinEncoded;
    }

    private static void Look(ref Seen before, ref ushort block, int at, ref TextInterests interests)
    {
        var now = ScanMasks.Of(ref block);
        interests.NotAscii |= now.Above != 0;
        if (now.Unusual != 0 || before.EndsInLead)
        {
            var leads = ScanMasks.Leads(ref block);
            var escapes = ((leads << 1) | (before.EndsInLead ? 1UL : 0)) & (now.Word | ScanMasks.AfterLeads(ref block));
            Note(ref interests.FirstEscape, escapes, at - 1);
            Note(ref interests.FirstEscape, now.Unusual & ~leads, at);
            before.EndsInLead = leads >> (Block - 1) != 0;
        }

        // Quoted-printable bytes stand three characters apart.
        Note(ref interests.FirstEscape, now.Equal & Shifted(now.Equal, before.Equal, 3), at - 3);
        before.Equal = now.Equal;
        before.Encoded = before.Encoded.Then(now.Digit, now.Mixed);
        Note(ref interests.FirstRun, before.Encoded.Ends, at + 1 - TextViewLimits.MinEncoded);

        // Which characters stand alone is known one character later.
        var single = Shifted(now.Word, before.Word, 1) & ~Shifted(now.Word, before.Word, 2) & ~now.Word;
        if (BitOperations.PopCount(single) + BitOperations.PopCount(before.Single >> (Block - MaxSpread)) >= 3)
        {
            Note(ref interests.FirstSeparated, Separated(single, before.Single), at - MaxSpread);
        }

        // Each printable byte has a figure; so of the eight pairs that a text takes four are noticed wherever a block ends.
        var pair = 0UL;
        if (BitOperations.PopCount(now.Mixed) + BitOperations.PopCount(before.Mixed >> (Block - MaxPairs)) >= SpacedHex.Noticed)
        {
            pair = Shifted(now.Word, before.Word, 1) & Shifted(now.Word, before.Word, 2) & ~Shifted(now.Word, before.Word, 3) & ~now.Word;
            Note(ref interests.FirstPairs, FourInRow(pair, before.Pair), at - MaxPairs);
        }

        before.Mixed = now.Mixed;
        before.Word = now.Word;
        before.Single = single;
        before.Pair = pair;
    }

    private static ulong Separated(ulong now, ulong before) =>
        Row(now, before, 2) | Row(now, before, 3) | Row(now, before, 4) | FourOfSix(now, before);

    /// <summary>Marks the last of three at the same distance.</summary>
    private static ulong Row(ulong now, ulong before, int distance) =>
        now & Shifted(now, before, distance) & Shifted(now, before, 2 * distance);

    /// <summary>Marks the last of four words of two characters with one between each.</summary>
    private static ulong FourInRow(ulong now, ulong before) =>
        now & Shifted(now, before, 3) & Shifted(now, before, 6) & Shifted(now, before, 9);

    /// <summary>Marks where at least four of the last six bits at every other place are set.</summary>
    private static ulong FourOfSix(ulong now, ulong before)
    {
        // Two full adders over three bits each; the sum has bit 2 set when it is four or more.
        var (a, b, c) = (now, Shifted(now, before, 2), Shifted(now, before, 4));
        var (d, e, f) = (Shifted(now, before, 6), Shifted(now, before, 8), Shifted(now, before, 10));
        var (low1, high1) = (a ^ b ^ c, (a & b) | (b & c) | (a & c));
        var (low2, high2) = (d ^ e ^ f, (d & e) | (e & f) | (d & f));
        return (high1 & high2) | ((low1 & low2) & (high1 ^ high2));
    }

    /// <summary>The bits moved to later places, with those of the block before moved in.</summary>
    public static ulong Shifted(ulong now, ulong before, int by) => (now << by) | (before >> (Block - by));

    private static void Note(ref int place, ulong mask, int start)
    {
        if (mask != 0 && place < 0)
        {
            place = Math.Max(0, start + BitOperations.TrailingZeroCount(mask));
        }
    }

    /// <summary>What has to be known of the block before.</summary>
    private struct Seen
    {
        public ulong Word;
        public ulong Single;
        public ulong Pair;
        public ulong Mixed;
        public ulong Equal;
        public bool EndsInLead;
        public EncodedMasks Encoded;
    }
}
