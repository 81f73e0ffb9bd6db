using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>
/// A field of one index block by record instead of by term: the number of the term that each record has, 0 for none. For fields with so
/// many terms (clients, say) that a row for each of them would cost more than the records themselves, and counting them would read them all.
/// </summary>
/// <remarks>Stored as 4 bytes a record, little endian as the machines are that read it.</remarks>
internal static class TermColumn
{
    /// <summary>A field with more terms than that in a block is stored as a column.</summary>
    public const int ManyTerms = 512;

    /// <summary>The column of a field's places by term; null when a record has two of its terms, which no column can say.</summary>
    public static byte[]? TryEncode(IEnumerable<KeyValuePair<int, List<ushort>>> placesByTerm)
    {
        var column = new byte[BlockBits.Size * sizeof(int)];
        foreach (var (term, places) in placesByTerm)
        {
            foreach (var place in places)
            {
                var slot = column.AsSpan(place * sizeof(int));
                if (BinaryPrimitives.ReadInt32LittleEndian(slot) != 0)
                {
                    return null;
                }

                BinaryPrimitives.WriteInt32LittleEndian(slot, term);
            }
        }

        return column;
    }

    /// <summary>Adds the places of a term to <paramref name="target"/>.</summary>
    public static void AddPlaces(ReadOnlySpan<byte> column, int term, Span<ulong> target)
    {
        var slots = Slots(column);
        for (var place = slots.IndexOf(term); place >= 0;)
        {
            BlockBits.Set(target, place);
            var next = slots[(place + 1)..].IndexOf(term);
            place = next < 0 ? next : place + 1 + next;
        }
    }

    /// <summary>Adds the places of several terms to <paramref name="target"/>.</summary>
    /// <param name="column">As stored.</param>
    /// <param name="wanted">By the term's number; no term has the number 0.</param>
    /// <param name="target">A block's records.</param>
    public static void AddPlaces(ReadOnlySpan<byte> column, ReadOnlySpan<bool> wanted, Span<ulong> target)
    {
        var slots = Slots(column);
        for (var place = 0; place < slots.Length; place++)
        {
            var isWanted = (uint)slots[place] < (uint)wanted.Length && wanted[slots[place]];
            target[place >> 6] |= (isWanted ? 1UL : 0UL) << (place & 63);
        }
    }

    /// <summary>Adds to each term's count how many of its records are in <paramref name="filter"/>.</summary>
    /// <param name="column">As stored.</param>
    /// <param name="filter">A block's records.</param>
    /// <param name="counts">By the term's number; numbers beyond its end aren't counted.</param>
    public static void CountWithin(ReadOnlySpan<byte> column, ReadOnlySpan<ulong> filter, Span<long> counts)
    {
        var slots = Slots(column);
        for (var place = 0; place < slots.Length; place++)
        {
            if ((uint)slots[place] < (uint)counts.Length)
            {
                counts[slots[place]] += (long)((filter[place >> 6] >> (place & 63)) & 1);
            }
        }
    }

    private static ReadOnlySpan<int> Slots(ReadOnlySpan<byte> column)
    {
        var slots = MemoryMarshal.Cast<byte, int>(column);
        return slots.Length > BlockBits.Size ? slots[..BlockBits.Size] : slots;
    }
}
