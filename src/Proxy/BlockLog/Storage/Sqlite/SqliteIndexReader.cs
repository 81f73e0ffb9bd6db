using System.Buffers.Binary;
using Microsoft.Data.Sqlite;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>
/// Answers queries from the stored blocks of the index and from one of its own over the records behind them. Belongs to one thread
/// at a time; call <see cref="Refresh"/> inside the transaction that a query reads in.
/// </summary>
internal sealed class SqliteIndexReader(SqliteConnection connection) : IDisposable
{
    private static readonly TermField[] TextFields =
    [
        TermField.Reason, TermField.Rule, TermField.Policy, TermField.Entity, TermField.Tenant, TermField.Client, TermField.Model,
    ];

    private readonly PlacesCache _places = new(connection);
    private readonly SqliteIndexTail _recent = new(connection);

    private readonly SqliteCommand _unique = connection.Prepared("SELECT block, entries FROM unique_places WHERE bucket = $bucket", "$bucket");

    private readonly SqliteCommand _blocks = connection.Prepared("SELECT block, min_time, max_time FROM blocks ORDER BY block");
    private readonly SqliteCommand _times = connection.Prepared("SELECT times FROM blocks WHERE block = $block", "$block");


    private BlockIndex Tail => _recent.Block;

    /// <summary>Takes in what was written since.</summary>
    public void Refresh()
    {
        if (_recent.Refresh())
        {
            _places.Clear();
        }
    }

    /// <summary>The records that satisfy a query.</summary>
    public RecordSet Find(EventQuery query)
    {
        var found = InTime(query.Since, query.Until);
        foreach (var filter in query.Terms)
        {
            found.IntersectWith(WithAnyOf(filter.AnyOf
                .Select(text => _recent.TryGetTerm(new Term(filter.Field, text), out var id) ? id : 0).Where(id => id != 0)));
        }

        if (query.Text is { Length: > 0 } text)
        {
            found.IntersectWith(WithAnyOf(_recent.Terms
                .Where(entry => TextFields.Contains(entry.Value.Field) && entry.Value.Text.Contains(text, StringComparison.OrdinalIgnoreCase))
                .Select(entry => entry.Key)));
        }

        Unique(query.Fingerprint is { } fingerprint ? RecordTerms.HashOfFingerprint(fingerprint) : null);
        Unique(query.Id is { } id ? RecordTerms.HashOfId(id) : null);
        Unique(query.RequestId is { } request ? RecordTerms.HashOfRequest(request) : null);
        if (query.Only is not null)
        {
            var only = new RecordSet();
            foreach (var sequence in query.Only)
            {
                only.Add(sequence);
            }

            found.IntersectWith(only);
        }

        if (query.Except is not null)
        {
            found.Remove(query.Except);
        }

        return found;

        void Unique(ulong? hash)
        {
            if (hash is { } value)
            {
                found.IntersectWith(WithHash(value));
            }
        }
    }

    /// <summary>How many records of the set have each term of a field.</summary>
    public IEnumerable<TermCount> Count(RecordSet set, TermField field)
    {
        foreach (var (id, term) in _recent.Terms)
        {
            if (term.Field == field && CountOf(set, id) is > 0 and var count)
            {
                yield return new TermCount(term.Text, count);
            }
        }
    }

    /// <summary>The ids of a field's terms with their texts.</summary>
    public IEnumerable<KeyValuePair<int, Term>> TermsOf(TermField field) => _recent.Terms.Where(entry => entry.Value.Field == field);

    /// <summary>Calls back for each block of the set that a term has records in, with the places both share.</summary>
    public void ForEachShared(RecordSet set, int term, Action<long, ReadOnlySpan<ulong>> visit)
    {
        var shared = new ulong[BlockBits.Words];
        foreach (var (block, stored) in _places.Of(term))
        {
            if (set.TryGet(block, out var filter))
            {
                Array.Clear(shared);
                BlockBits.OrInto(stored, shared);
                And(filter);
                visit(block, shared);
            }
        }

        if (set.TryGet(Tail.Number, out var tailFilter) && Tail.Places.TryGetValue(term, out var places))
        {
            Array.Clear(shared);
            BlockBits.OrInto(BlockBits.Encode(places), shared);
            And(tailFilter);
            visit(Tail.Number, shared);
        }

        void And(ulong[] filter)
        {
            for (var i = 0; i < shared.Length; i++)
            {
                shared[i] &= filter[i];
            }
        }
    }

    /// <summary>The earliest and latest time of each stored block's records, in Unix milliseconds.</summary>
    public Dictionary<long, (long Earliest, long Latest)> TimeRanges()
    {
        var ranges = new Dictionary<long, (long, long)>();
        using var reader = _blocks.ExecuteReader();
        while (reader.Read())
        {
            ranges[reader.GetInt64(0)] = (reader.GetInt64(1), reader.GetInt64(2));
        }

        return ranges;
    }

    /// <summary>When the records of a block were made, in Unix milliseconds; 0 where there is none.</summary>
    public long[] TimesOf(long block)
    {
        if (block == Tail.Number)
        {
            return Tail.Times.ToArray();
        }

        var bytes = _times.With(block).ExecuteScalar() as byte[] ?? [];
        var times = new long[bytes.Length / sizeof(long)];
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(i * sizeof(long)));
        }

        return times;
    }

    public void Dispose()
    {
        _places.Dispose();
        _recent.Dispose();
        _unique.Dispose();
        _blocks.Dispose();
        _times.Dispose();
    }

    private RecordSet InTime(DateTimeOffset? since, DateTimeOffset? until)
    {
        // Time 0 marks a place without a record.
        var from = Math.Max(1, since?.ToUnixTimeMilliseconds() ?? 1);
        var to = until?.ToUnixTimeMilliseconds() ?? long.MaxValue;
        var set = new RecordSet();
        var partly = new List<long>();
        using (var reader = _blocks.ExecuteReader())
        {
            while (reader.Read())
            {
                if (reader.GetInt64(1) >= from && reader.GetInt64(2) < to)
                {
                    Array.Fill(set.GetOrAdd(reader.GetInt64(0)), ulong.MaxValue);
                }
                else if (reader.GetInt64(2) >= from && reader.GetInt64(1) < to)
                {
                    partly.Add(reader.GetInt64(0));
                }
            }
        }

        if (Tail.Count > 0)
        {
            partly.Add(Tail.Number);
        }

        foreach (var block in partly)
        {
            var times = TimesOf(block);
            for (var place = 0; place < times.Length; place++)
            {
                if (times[place] >= from && times[place] < to)
                {
                    BlockBits.Set(set.GetOrAdd(block), place);
                }
            }
        }

        return set;
    }

    private RecordSet WithAnyOf(IEnumerable<int> terms)
    {
        var set = new RecordSet();
        foreach (var term in terms)
        {
            foreach (var (block, stored) in _places.Of(term))
            {
                BlockBits.OrInto(stored, set.GetOrAdd(block));
            }

            if (Tail.Places.TryGetValue(term, out var places))
            {
                BlockBits.OrInto(BlockBits.Encode(places), set.GetOrAdd(Tail.Number));
            }
        }

        return set;
    }

    private RecordSet WithHash(ulong hash)
    {
        var set = new RecordSet();
        using (var reader = _unique.With(BlockIndex.BucketOf(hash)).ExecuteReader())
        {
            while (reader.Read())
            {
                var first = (reader.GetInt64(0) * BlockBits.Size) + 1;
                foreach (var place in BlockIndex.PlacesOf(hash, reader.GetFieldValue<byte[]>(1)))
                {
                    set.Add(first + place);
                }
            }
        }

        foreach (var (known, place) in Tail.Unique)
        {
            if (known == hash)
            {
                set.Add(Tail.FirstSequence + place);
            }
        }

        return set;
    }

    private long CountOf(RecordSet set, int term)
    {
        var count = 0L;
        foreach (var (block, stored) in _places.Of(term))
        {
            if (set.TryGet(block, out var filter))
            {
                count += BlockBits.CountWithin(stored, filter);
            }
        }

        if (set.TryGet(Tail.Number, out var tailFilter) && Tail.Places.TryGetValue(term, out var places))
        {
            count += BlockBits.CountWithin(BlockBits.Encode(places), tailFilter);
        }

        return count;
    }
}
