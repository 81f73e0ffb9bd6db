using System.Buffers.Binary;
using System.Numerics;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>
/// Which records of one index block have something: a list of places while few have, a bitmap from then on, as in Roaring bitmaps
/// (Lemire et al.), and stored just so.
/// </summary>
internal static class BlockBits
{
    /// <summary>Records in a block. Stored blocks depend on it: it can't change.</summary>
    public const int Size = 16_384;

    public const int Words = Size / 64;
    private const int BitmapBytes = Size / 8;

    /// <summary>A list of this many places would be as long as the bitmap.</summary>
    private const int ListLimit = BitmapBytes / sizeof(ushort);

    public static byte[] Encode(List<ushort> places)
    {
        if (places.Count < ListLimit)
        {
            var list = new byte[places.Count * sizeof(ushort)];
            for (var i = 0; i < places.Count; i++)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(list.AsSpan(i * sizeof(ushort)), places[i]);
            }

            return list;
        }

        var bitmap = new byte[BitmapBytes];
        foreach (var place in places)
        {
            bitmap[place >> 3] |= (byte)(1 << (place & 7));
        }

        return bitmap;
    }

    /// <summary>Adds the stored places to <paramref name="target"/>.</summary>
    public static void OrInto(ReadOnlySpan<byte> stored, Span<ulong> target)
    {
        if (stored.Length == BitmapBytes)
        {
            for (var i = 0; i < Words; i++)
            {
                target[i] |= BinaryPrimitives.ReadUInt64LittleEndian(stored[(i * sizeof(ulong))..]);
            }

            return;
        }

        for (var i = 0; i + 1 < stored.Length; i += sizeof(ushort))
        {
            Set(target, BinaryPrimitives.ReadUInt16LittleEndian(stored[i..]) % Size);
        }
    }

    /// <summary>How many stored places are also in <paramref name="filter"/>.</summary>
    public static int CountWithin(ReadOnlySpan<byte> stored, ReadOnlySpan<ulong> filter)
    {
        var count = 0;
        if (stored.Length == BitmapBytes)
        {
            for (var i = 0; i < Words; i++)
            {
                count += BitOperations.PopCount(BinaryPrimitives.ReadUInt64LittleEndian(stored[(i * sizeof(ulong))..]) & filter[i]);
            }

            return count;
        }

        for (var i = 0; i + 1 < stored.Length; i += sizeof(ushort))
        {
            var place = BinaryPrimitives.ReadUInt16LittleEndian(stored[i..]) % Size;
            count += (int)((filter[place >> 6] >> (place & 63)) & 1);
        }

        return count;
    }

    /// <summary>The places in both; null when there is none.</summary>
    public static ulong[]? And(ReadOnlySpan<ulong> one, ReadOnlySpan<ulong> other)
    {
        var both = new ulong[Words];
        var any = 0UL;
        for (var i = 0; i < both.Length; i++)
        {
            any |= both[i] = one[i] & other[i];
        }

        return any == 0 ? null : both;
    }

    public static void Set(Span<ulong> bits, int place) => bits[place >> 6] |= 1UL << (place & 63);

    public static bool IsSet(ReadOnlySpan<ulong> bits, int place) => ((bits[place >> 6] >> (place & 63)) & 1) != 0;

    public static int Count(ReadOnlySpan<ulong> bits)
    {
        var count = 0;
        foreach (var word in bits)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }
}
