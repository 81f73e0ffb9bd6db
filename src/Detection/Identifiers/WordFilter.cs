using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;
using EdgeFilter.Detection.Patterns;

namespace EdgeFilter.Detection.Identifiers;

/// <summary>
/// Tells at vector speed that none of a few context words stands in a stretch of text. It may say that one could where none does,
/// never the other way round.
/// </summary>
internal sealed class WordFilter
{
    /// <summary>The longest stretch that it looks at.</summary>
    public const int MaxStretch = 256;

    private const int Width = LiteralBuckets.Width;
    private const int HashBits = 12;

    // All that is no letter, as codes.
    private const uint Boundary = 1u | ~0u << 27;
    private readonly Vector256<byte>[] buckets;
    private readonly ulong[] known = new ulong[(1 << HashBits) / 64];
    private readonly bool isEmpty;

    public WordFilter(IEnumerable<ContextWord> words)
    {
        // A word with letters beyond ASCII stands in no stretch that is answered with no.
        var windows = words.Where(w => Ascii.IsValid(w.Folded)).Select(WindowOf).DistinctBy(w => (w[0], w[1], w[2], w[3])).ToArray();
        isEmpty = windows.Length == 0;
        buckets = LiteralBuckets.Of(windows);

        foreach (var window in windows)
        {
            Add(window, 0, 0);
        }
    }

    /// <summary>Whether a word may stand here.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where the stretch begins.</param>
    /// <param name="to">Where it ends.</param>
    [SkipLocalsInit]
    public bool MayFind(ReadOnlySpan<char> text, int from, int to)
    {
        // What is right beside the stretch shows whether a word begins or ends there.
        var first = Math.Max(0, from - 1);
        var stretch = text[first..Math.Min(text.Length, to + 1)];
        if (stretch.Length > MaxStretch || HasForeignOrHump(stretch))
        {
            return true;
        }

        if (isEmpty)
        {
            return false;
        }

        // A blank before the text, its characters, blanks behind it.
        Span<byte> codes = stackalloc byte[1 + MaxStretch + (2 * LiteralCodes.Step)];
        codes[0] = 0;
        var length = (stretch.Length + LiteralCodes.Step + Width) / LiteralCodes.Step * LiteralCodes.Step;
        LiteralCodes.Write(stretch, codes.Slice(1, length));
        for (var at = 0; at <= stretch.Length; at += LiteralCodes.Step)
        {
            var places = LiteralBuckets.Look(buckets[0], buckets[1], buckets[2], buckets[3], ref codes[at]);
            var left = stretch.Length + 1 - at;
            for (places &= left < LiteralCodes.Step ? (1u << left) - 1 : uint.MaxValue; places != 0; places &= places - 1)
            {
                var hash = Hash(BinaryPrimitives.ReadUInt32LittleEndian(codes[(at + BitOperations.TrailingZeroCount(places))..]));
                if ((known[hash / 64] >> (int)(hash % 64) & 1) != 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool HasForeignOrHump(ReadOnlySpan<char> text)
    {
        if (!Ascii.IsValid(text))
        {
            return true;
        }

        for (var at = 0; ; at++)
        {
            var capital = text[at..].IndexOfAnyInRange('A', 'Z');
            if (capital < 0)
            {
                return false;
            }

            at += capital;
            if (at > 0 && char.IsAsciiLetterLower(text[at - 1]))
            {
                return true;
            }
        }
    }

    /// <summary>Four places of a word, all in one of its parts and at its edges where they tell, as sets of codes.</summary>
    private static uint[] WindowOf(ContextWord word)
    {
        var best = (Chance: double.MaxValue, Window: Array.Empty<uint>());
        var parts = word.Folded.Split(' ');
        for (var part = 0; part < parts.Length; part++)
        {
            var sets = parts[part].Select(c => 1u << LiteralCodes.Of(c)).ToList();
            if (part > 0 || word.NeedsStart)
            {
                sets.Insert(0, Boundary);
            }

            if (part < parts.Length - 1 || word.NeedsEnd)
            {
                sets.Add(Boundary);
            }

            while (sets.Count < Width)
            {
                sets.Add(uint.MaxValue);
            }

            for (var at = 0; at + Width <= sets.Count; at++)
            {
                var window = sets.GetRange(at, Width).ToArray();
                var chance = LiteralBuckets.Chance(window);
                best = chance < best.Chance ? (chance, window) : best;
            }
        }

        return best.Window;
    }

    private void Add(uint[] window, int place, uint codes)
    {
        if (place == Width)
        {
            var hash = Hash(codes);
            known[hash / 64] |= 1UL << (int)(hash % 64);
            return;
        }

        for (var left = window[place]; left != 0; left &= left - 1)
        {
            Add(window, place + 1, codes | (uint)BitOperations.TrailingZeroCount(left) << (8 * place));
        }
    }

    private static uint Hash(uint codes) => (codes * 0x9E37_79B1) >> (32 - HashBits);
}
