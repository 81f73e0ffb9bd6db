using System.Buffers.Binary;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>
/// The index of one block of records while it grows: for each term the places that have it, for unique values their hashes, and
/// when each record was made. A full block is stored and never changes.
/// </summary>
internal sealed class BlockIndex(long number)
{
    public const int Buckets = 64;
    public const int UniqueEntryLength = sizeof(ulong) + sizeof(ushort);

    private readonly long[] _times = new long[BlockBits.Size];
    private readonly List<(ulong Hash, ushort Place)> _unique = [];

    /// <summary>The block's number; record <c>s</c> is in block <c>(s - 1) / BlockBits.Size</c>.</summary>
    public long Number { get; } = number;

    public long FirstSequence => (Number * BlockBits.Size) + 1;

    public int Count { get; private set; }

    public bool IsFull => Count == BlockBits.Size;

    /// <summary>Places by term id.</summary>
    public Dictionary<int, List<ushort>> Places { get; } = [];

    public IReadOnlyList<(ulong Hash, ushort Place)> Unique => _unique;

    /// <summary>Times in Unix milliseconds, one for each record so far.</summary>
    public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

    public static long NumberOf(long sequence) => (sequence - 1) / BlockBits.Size;

    public static int PlaceOf(long sequence) => (int)((sequence - 1) % BlockBits.Size);

    /// <summary>The part of the stored hashes that a hash is in.</summary>
    public static int BucketOf(ulong hash) => (int)(hash >> 58);

    /// <summary>The places of a hash among a bucket's stored entries.</summary>
    public static List<int> PlacesOf(ulong hash, byte[] entries)
    {
        int low = 0, high = entries.Length / UniqueEntryLength;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (HashAt(middle) < hash)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var places = new List<int>();
        for (; low < entries.Length / UniqueEntryLength && HashAt(low) == hash; low++)
        {
            places.Add(BinaryPrimitives.ReadUInt16BigEndian(entries.AsSpan((low * UniqueEntryLength) + sizeof(ulong))));
        }

        return places;

        ulong HashAt(int entry) => BinaryPrimitives.ReadUInt64BigEndian(entries.AsSpan(entry * UniqueEntryLength));
    }

    public void Add(DateTimeOffset time, List<int> terms, List<ulong> unique)
    {
        var place = (ushort)Count;
        foreach (var term in terms)
        {
            if (!Places.TryGetValue(term, out var places))
            {
                Places[term] = places = [];
            }

            // Two texts may share the id of "all others".
            if (places.Count == 0 || places[^1] != place)
            {
                places.Add(place);
            }
        }

        foreach (var hash in unique)
        {
            _unique.Add((hash, place));
        }

        _times[Count++] = time.ToUnixTimeMilliseconds();
    }

    /// <summary>Times as stored: 8 bytes each, little endian.</summary>
    public byte[] EncodeTimes()
    {
        var bytes = new byte[Count * sizeof(long)];
        for (var i = 0; i < Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), _times[i]);
        }

        return bytes;
    }

    /// <summary>The hashes as stored: bucket by bucket, each sorted, 8 bytes of hash and 2 of place.</summary>
    public IEnumerable<(int Bucket, byte[] Entries)> EncodeUnique()
    {
        foreach (var bucket in _unique.GroupBy(entry => BucketOf(entry.Hash)).OrderBy(group => group.Key))
        {
            var sorted = bucket.Order().ToArray();
            var bytes = new byte[sorted.Length * UniqueEntryLength];
            for (var i = 0; i < sorted.Length; i++)
            {
                BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(i * UniqueEntryLength), sorted[i].Hash);
                BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan((i * UniqueEntryLength) + sizeof(ulong)), sorted[i].Place);
            }

            yield return (bucket.Key, bytes);
        }
    }
}
