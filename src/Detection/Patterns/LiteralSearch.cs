using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeFilter.Detection.Patterns;

/// <summary>
/// Finds every place of many literals at once, regardless of case. Thirty-two places are looked at together: for each of four
/// characters a table says which of eight buckets have a literal with it, and only where one bucket has all four a closer look
/// follows. Of a long literal its rarest four characters are looked for.
/// </summary>
/// <typeparam name="T">What belongs to a literal.</typeparam>
internal sealed class LiteralSearch<T>
{
    private const int Width = 4;
    private const int Keyed = 3;
    private const int Bits = 5;
    private const int Keys = 1 << (Keyed * Bits);
    private const int Chunk = 256;
    private readonly Vector256<byte>[] bucketsOf = new Vector256<byte>[Width];
    private readonly ushort[] groupOf = new ushort[Keys];
    private readonly Entry[][] groups;
    private readonly int longestOffset;

    /// <param name="literals">Literals of at least two characters. Those that begin alike are found in this order.</param>
    public LiteralSearch(IReadOnlyList<(string Literal, T Value)> literals)
    {
        var entries = literals.Select(l => new Entry(l.Literal, OffsetOf(l.Literal), l.Value)).ToArray();
        longestOffset = entries.Length == 0 ? 0 : entries.Max(e => e.Offset);
        var byKey = entries.SelectMany(e => KeysOf(Window(e)).Select(key => (key, e))).GroupBy(p => p.key, p => p.e).ToArray();
        groups = [[], .. byKey.Select(g => g.Distinct().ToArray())];
        for (var group = 0; group < byKey.Length; group++)
        {
            groupOf[byKey[group].Key] = checked((ushort)(group + 1));
        }

        var tables = LiteralBuckets.Of([.. entries.Select(Window).Distinct(StringComparer.OrdinalIgnoreCase)], Width);
        for (var i = 0; i < Width; i++)
        {
            bucketsOf[i] = Vector256.Create(tables[i]);
        }
    }

    /// <summary>All places, roughly in order: a literal may come up to its own length late.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Literals that begin before this index are left out.</param>
    /// <param name="to">Likewise those that begin at this one or behind.</param>
    public Cursor Find(ReadOnlySpan<char> text, int from, int to) => new(this, text, from, Math.Min(to, text.Length));

    private static string Window(Entry entry) => entry.Literal.Substring(entry.Offset, Math.Min(Width, entry.Literal.Length - entry.Offset));

    private static int OffsetOf(string literal)
    {
        var best = 0;
        var least = double.MaxValue;
        for (var offset = 0; offset == 0 || offset + Width <= literal.Length; offset++)
        {
            var frequency = 1d;
            for (var i = offset; i < Math.Min(literal.Length, offset + Width); i++)
            {
                frequency *= LiteralCodes.FrequencyOf(LiteralCodes.Of(literal[i]));
            }

            if (frequency < least)
            {
                (best, least) = (offset, frequency);
            }
        }

        return best;
    }

    /// <summary>The first three codes of a window as one number; several where one is open or a letter has a foreign twin.</summary>
    private static IEnumerable<int> KeysOf(string window)
    {
        IEnumerable<int> keys = [0];
        for (var i = 0; i < Keyed; i++)
        {
            var codes = LiteralBuckets.CodesAt(window, i).ToArray();
            keys = [.. keys.SelectMany(key => codes.Select(code => (key << Bits) | code))];
        }

        return keys;
    }

    /// <summary>Goes from place to place.</summary>
    public ref struct Cursor
    {
        private readonly LiteralSearch<T> search;
        private readonly ReadOnlySpan<char> text;
        private readonly int from;
        private readonly int to;
        private readonly int end;
        private ReadOnlySpan<Entry> pending;
        private CodeBuffer codes;
        private int chunk;
        private int chunkEnd;
        private int block;
        private uint places;
        private int place;
        private Entry? found;

        internal Cursor(LiteralSearch<T> search, ReadOnlySpan<char> text, int from, int to)
        {
            this.search = search;
            this.text = text;
            this.from = from;
            this.to = to;
            end = Math.Min(text.Length, to + search.longestOffset);
            chunk = chunkEnd = from;
            block = from - LiteralCodes.Step;
        }

        /// <summary>Where the literal begins.</summary>
        public int Start { get; private set; }

        /// <summary>How long it is.</summary>
        public readonly int Length => found!.Literal.Length;

        /// <summary>What belongs to it.</summary>
        public readonly T Value => found!.Value;

        public bool MoveNext()
        {
            while (true)
            {
                while (!pending.IsEmpty)
                {
                    var entry = pending[0];
                    pending = pending[1..];
                    var start = place - entry.Offset;
                    if (start >= from && start < to && text[start..].StartsWith(entry.Literal, StringComparison.OrdinalIgnoreCase))
                    {
                        (Start, found) = (start, entry);
                        return true;
                    }
                }

                if (!NextPlace())
                {
                    return false;
                }
            }
        }

        private bool NextPlace()
        {
            while (true)
            {
                while (places != 0)
                {
                    var index = block - chunk + BitOperations.TrailingZeroCount(places);
                    places &= places - 1;
                    var key = (codes[index] << (2 * Bits)) | (codes[index + 1] << Bits) | codes[index + 2];
                    var group = search.groupOf[key];
                    if (group > 0)
                    {
                        place = chunk + index;
                        pending = search.groups[group];
                        return true;
                    }
                }

                block += LiteralCodes.Step;
                if (block >= chunkEnd && !NextChunk())
                {
                    return false;
                }

                places = Look(ref codes[block - chunk]);
            }
        }

        private bool NextChunk()
        {
            if (chunkEnd >= end)
            {
                return false;
            }

            chunk = block = chunkEnd;
            chunkEnd = Math.Min(end, chunk + Chunk);
            var coded = text[chunk..Math.Min(text.Length, chunkEnd + Width - 1)];
            var rounded = (coded.Length + LiteralCodes.Step + Width - 1) / LiteralCodes.Step * LiteralCodes.Step;
            LiteralCodes.Write(coded, ((Span<byte>)codes)[..rounded]);
            return true;
        }

        private readonly uint Look(ref byte first)
        {
            var tables = search.bucketsOf;
            if (!Vector256.IsHardwareAccelerated)
            {
                return LookOneByOne(tables, MemoryMarshal.CreateReadOnlySpan(ref first, LiteralCodes.Step + Width - 1));
            }

            var buckets = Vector256.ShuffleNative(tables[0], Vector256.LoadUnsafe(ref first))
                & Vector256.ShuffleNative(tables[1], Vector256.LoadUnsafe(ref first, 1))
                & Vector256.ShuffleNative(tables[2], Vector256.LoadUnsafe(ref first, 2))
                & Vector256.ShuffleNative(tables[3], Vector256.LoadUnsafe(ref first, 3));
            return ~Vector256.Equals(buckets, Vector256<byte>.Zero).ExtractMostSignificantBits();
        }
    }

    private static uint LookOneByOne(Vector256<byte>[] tables, ReadOnlySpan<byte> codes)
    {
        var places = 0u;
        for (var i = 0; i < LiteralCodes.Step; i++)
        {
            var buckets = tables[0][codes[i]] & tables[1][codes[i + 1]] & tables[2][codes[i + 2]] & tables[3][codes[i + 3]];
            places |= buckets != 0 ? 1u << i : 0;
        }

        return places;
    }

    // A chunk, the characters behind it that belong to its last places, and what loads of whole vectors read beyond.
    [InlineArray(Chunk + (3 * LiteralCodes.Step))]
    private struct CodeBuffer
    {
        private byte first;
    }

    private sealed record Entry(string Literal, int Offset, T Value);
}
