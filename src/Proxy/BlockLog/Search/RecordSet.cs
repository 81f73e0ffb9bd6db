using System.Numerics;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>A set of records: a bitmap for each index block that holds any.</summary>
internal sealed class RecordSet
{
    private readonly SortedDictionary<long, ulong[]> _blocks = [];

    public IEnumerable<KeyValuePair<long, ulong[]>> Blocks => _blocks;

    public long Count => _blocks.Values.Sum(bits => (long)BlockBits.Count(bits));

    public bool TryGet(long block, out ulong[] bits) => _blocks.TryGetValue(block, out bits!);

    public ulong[] GetOrAdd(long block)
    {
        if (!_blocks.TryGetValue(block, out var bits))
        {
            _blocks[block] = bits = new ulong[BlockBits.Words];
        }

        return bits;
    }

    public void Add(long sequence) => BlockBits.Set(GetOrAdd(BlockIndex.NumberOf(sequence)), BlockIndex.PlaceOf(sequence));

    /// <summary>The records with these numbers.</summary>
    public static RecordSet Of(IEnumerable<long> sequences)
    {
        var set = new RecordSet();
        foreach (var sequence in sequences)
        {
            set.Add(sequence);
        }

        return set;
    }

    /// <summary>What is in both; neither is changed.</summary>
    public static RecordSet Intersection(RecordSet one, RecordSet other)
    {
        var (fewer, more) = one._blocks.Count <= other._blocks.Count ? (one, other) : (other, one);
        var set = new RecordSet();
        foreach (var (block, bits) in fewer._blocks)
        {
            if (more.TryGet(block, out var theirs) && BlockBits.And(bits, theirs) is { } both)
            {
                set._blocks[block] = both;
            }
        }

        return set;
    }

    public void Remove(IEnumerable<long> sequences)
    {
        foreach (var sequence in sequences)
        {
            if (_blocks.TryGetValue(BlockIndex.NumberOf(sequence), out var bits))
            {
                var place = BlockIndex.PlaceOf(sequence);
                bits[place >> 6] &= ~(1UL << (place & 63));
            }
        }
    }

    /// <summary>The records' numbers below <paramref name="before"/>, highest first.</summary>
    public IEnumerable<long> Descending(long before)
    {
        foreach (var (block, bits) in _blocks.Reverse())
        {
            var first = (block * BlockBits.Size) + 1;
            if (first >= before)
            {
                continue;
            }

            for (var word = bits.Length - 1; word >= 0; word--)
            {
                for (var rest = bits[word]; rest != 0;)
                {
                    var bit = 63 - BitOperations.LeadingZeroCount(rest);
                    rest &= ~(1UL << bit);
                    if (first + (word * 64) + bit is var sequence && sequence < before)
                    {
                        yield return sequence;
                    }
                }
            }
        }
    }

    /// <summary>The records' numbers above <paramref name="after"/>, lowest first.</summary>
    public IEnumerable<long> Ascending(long after)
    {
        foreach (var (block, bits) in _blocks)
        {
            var first = (block * BlockBits.Size) + 1;
            if (first + BlockBits.Size <= after)
            {
                continue;
            }

            for (var word = 0; word < bits.Length; word++)
            {
                for (var rest = bits[word]; rest != 0; rest &= rest - 1)
                {
                    if (first + (word * 64) + BitOperations.TrailingZeroCount(rest) is var sequence && sequence > after)
                    {
                        yield return sequence;
                    }
                }
            }
        }
    }
}
