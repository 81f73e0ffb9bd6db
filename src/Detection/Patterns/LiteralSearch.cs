using System.Numerics;
using System.Runtime.CompilerServices;
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
    private const int Width = LiteralBuckets.Width;
    private const int Keyed = 3;
    private const int Bits = 5;
    private const int Keys = 1 << (Keyed * Bits);
    private const int Chunk = LiteralCodeBuffer.Chunk;
    private readonly Vector256<byte>[] buckets;
    private readonly ushort[] groupOf = new ushort[Keys];
    private readonly Entry[][] groups;
    private readonly int longestOffset;

    /// <param name="literals">Literals of at least two characters. Those that begin alike are found in this order.</param>
    public LiteralSearch(IReadOnlyList<(string Literal, T Value)> literals)
    {
        var entries = literals.Select(l => new Entry(l.Literal, OffsetOf(l.Literal), l.Value)).ToArray();
        longestOffset = entries.Length == 0 ? 0 : entries.Max(e => e.Offset);
        var byKey = entries.SelectMany(e => KeysOf(WindowOf(e)).Select(key => (key, e))).GroupBy(p => p.key, p => p.e).ToArray();
        groups = [[], .. byKey.Select(g => g.ToArray())];
        for (var group = 0; group < byKey.Length; group++)
        {
            groupOf[byKey[group].Key] = checked((ushort)(group + 1));
        }

        buckets = LiteralBuckets.Of([.. entries.Select(WindowOf).DistinctBy(w => (w[0], w[1], w[2], w[3]))]);
    }

    /// <summary>All places, roughly in order: a literal may come up to its own length late.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Literals that begin before this index are left out.</param>
    /// <param name="to">Likewise those that begin at this one or behind.</param>
    public Cursor Find(ReadOnlySpan<char> text, int from, int to) => new(this, text, from, Math.Min(to, text.Length));

    /// <summary>The codes of the four characters that are looked for; behind the end of a shorter literal stands anything.</summary>
    private static uint[] WindowOf(Entry entry)
    {
        var window = new uint[Width];
        for (var i = 0; i < Width; i++)
        {
            var at = entry.Offset + i;
            window[i] = at < entry.Literal.Length ? CodesOf(entry.Literal[at]) : uint.MaxValue;
        }

        return window;
    }

    private static uint CodesOf(char c)
    {
        var code = LiteralCodes.Of(c);
        return (1u << code) | (LiteralCodes.HasForeignTwin(code) ? 1u << LiteralCodes.Foreign : 0);
    }

    /// <summary>Where the rarest four characters of a literal begin.</summary>
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
    private static IEnumerable<int> KeysOf(uint[] window) =>
        from first in Members(window[0])
        from second in Members(window[1])
        from third in Members(window[2])
        select (first << (2 * Bits)) | (second << Bits) | third;

    private static IEnumerable<int> Members(uint codes)
    {
        for (var left = codes; left != 0; left &= left - 1)
        {
            yield return BitOperations.TrailingZeroCount(left);
        }
    }

    /// <summary>Goes from place to place.</summary>
    public ref struct Cursor
    {
        private readonly LiteralSearch<T> search;
        private readonly ReadOnlySpan<char> text;
        private readonly int from;
        private readonly int to;
        private readonly int end;
        private Entry[] group;
        private int next;
        private LiteralCodeBuffer codes;
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
            group = search.groups[0];
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
                while ((uint)next < (uint)group.Length)
                {
                    var entry = group[next++];
                    var start = place - entry.Offset;
                    if (start >= from && start < to && entry.Start.Begins(text[start..]))
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
                    var number = search.groupOf[key];
                    if (number > 0)
                    {
                        place = chunk + index;
                        group = search.groups[number];
                        next = 0;
                        return true;
                    }
                }

                block += LiteralCodes.Step;
                if (block >= chunkEnd && !NextChunk())
                {
                    return false;
                }

                LookFromHere();
            }
        }

        /// <summary>Looks at blocks of the chunk, from this one on, up to one with places.</summary>
        private void LookFromHere()
        {
            var tables = search.buckets;
            var (first, second, third, fourth) = (tables[0], tables[1], tables[2], tables[3]);
            ref var code = ref codes[0];
            var at = block - chunk;
            var last = chunkEnd - chunk - LiteralCodes.Step;
            while (true)
            {
                places = LiteralBuckets.Look(first, second, third, fourth, ref Unsafe.Add(ref code, at));
                if (places != 0 || at >= last)
                {
                    break;
                }

                at += LiteralCodes.Step;
            }

            block = chunk + at;
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
    }

    private sealed class Entry(string literal, int offset, T value)
    {
        // A field, so that it is not copied to be asked.
        public readonly LiteralStart Start = new(literal);

        public string Literal { get; } = literal;

        public int Offset { get; } = offset;

        public T Value { get; } = value;
    }
}
