using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeFilter.Detection.Patterns;

/// <summary>
/// Divides short texts among eight buckets so that a text of chance seldom looks like one of a bucket, and looks for them at
/// thirty-two places at once. The texts are given as sets of <see cref="LiteralCodes"/>, one set for each of their first places.
/// </summary>
internal static class LiteralBuckets
{
    /// <summary>How many places of a text are looked at.</summary>
    public const int Width = 4;

    private const int Buckets = 8;

    /// <summary>For each place and each code the buckets, a bit for each, that have a text with that code there.</summary>
    public static Vector256<byte>[] Of(IReadOnlyList<uint[]> windows)
    {
        var buckets = new uint[Buckets][];
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            buckets[bucket] = new uint[Width];
        }

        // Each goes where it adds least to what chance finds; the most frequent first, as they matter most.
        foreach (var window in windows.OrderByDescending(Chance).ThenBy(w => w[0]).ThenBy(w => w[1]).ThenBy(w => w[2]).ThenBy(w => w[3]))
        {
            var best = 0;
            var least = double.MaxValue;
            for (var bucket = 0; bucket < Buckets; bucket++)
            {
                var added = Chance(Union(buckets[bucket], window)) - Chance(buckets[bucket]);
                (best, least) = added < least ? (bucket, added) : (best, least);
            }

            buckets[best] = Union(buckets[best], window);
        }

        var tables = new Vector256<byte>[Width];
        Span<byte> table = stackalloc byte[LiteralCodes.Count];
        for (var place = 0; place < Width; place++)
        {
            table.Clear();
            for (var code = 0; code < LiteralCodes.Count; code++)
            {
                for (var bucket = 0; bucket < Buckets; bucket++)
                {
                    table[code] |= (byte)((buckets[bucket][place] >> code & 1) << bucket);
                }
            }

            tables[place] = Vector256.Create<byte>(table);
        }

        return tables;
    }

    /// <summary>The places, a bit for each of thirty-two, at which some bucket has all four codes.</summary>
    /// <param name="a">The table of the first place, made by <see cref="Of"/>.</param>
    /// <param name="b">The second.</param>
    /// <param name="c">The third.</param>
    /// <param name="d">The fourth.</param>
    /// <param name="first">The first code; as many again as there are places, and three more, are read.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Look(Vector256<byte> a, Vector256<byte> b, Vector256<byte> c, Vector256<byte> d, ref byte first)
    {
        if (!Vector256.IsHardwareAccelerated)
        {
            return LookOneByOne(a, b, c, d, MemoryMarshal.CreateReadOnlySpan(ref first, LiteralCodes.Step + Width - 1));
        }

        var buckets = Vector256.ShuffleNative(a, Vector256.LoadUnsafe(ref first))
            & Vector256.ShuffleNative(b, Vector256.LoadUnsafe(ref first, 1))
            & Vector256.ShuffleNative(c, Vector256.LoadUnsafe(ref first, 2))
            & Vector256.ShuffleNative(d, Vector256.LoadUnsafe(ref first, 3));
        return ~Vector256.Equals(buckets, Vector256<byte>.Zero).ExtractMostSignificantBits();
    }

    /// <summary>How often chance finds such codes in ordinary text.</summary>
    public static double Chance(uint[] window)
    {
        var chance = 1d;
        foreach (var codes in window)
        {
            var any = 0d;
            for (var code = 0; code < LiteralCodes.Count; code++)
            {
                any += (codes >> code & 1) != 0 ? LiteralCodes.FrequencyOf(code) : 0;
            }

            chance *= any;
        }

        return chance;
    }

    private static uint LookOneByOne(Vector256<byte> a, Vector256<byte> b, Vector256<byte> c, Vector256<byte> d, ReadOnlySpan<byte> codes)
    {
        // Behind the end of a text anything may stand, also what is no code; whoever asks leaves those places out.
        const int Mask = LiteralCodes.Count - 1;
        var places = 0u;
        for (var i = 0; i < LiteralCodes.Step; i++)
        {
            var buckets = a[codes[i] & Mask] & b[codes[i + 1] & Mask] & c[codes[i + 2] & Mask] & d[codes[i + 3] & Mask];
            places |= buckets != 0 ? 1u << i : 0;
        }

        return places;
    }

    private static uint[] Union(uint[] a, uint[] b) => [a[0] | b[0], a[1] | b[1], a[2] | b[2], a[3] | b[3]];
}
