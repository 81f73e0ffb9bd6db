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

    private readonly SqliteCommand _places =
        connection.Prepared("SELECT block, places FROM term_places WHERE term = $term AND block BETWEEN $from AND $to", "$term", "$from", "$to");

    private readonly SqliteCommand _unique = connection.Prepared("SELECT block, entries FROM unique_places WHERE bucket = $bucket", "$bucket");

    private readonly SqliteCommand _tailRecords =
        connection.Prepared("SELECT seq, body FROM records WHERE seq >= $from ORDER BY seq", "$from");

    private readonly SqliteCommand _blocks = connection.Prepared("SELECT block, min_time, max_time FROM blocks ORDER BY block");
    private readonly SqliteCommand _times = connection.Prepared("SELECT times FROM blocks WHERE block = $block", "$block");

    private readonly TermDictionary _dictionary = new();
    private readonly Dictionary<int, Term> _byId = [];
    private readonly List<Term> _terms = [];
    private readonly List<int> _ids = [];
    private readonly List<ulong> _hashes = [];
    private BlockIndex _tail = new(0);
    private int _lastTerm;
    private string? _erased;

    /// <summary>Takes in what was written since.</summary>
    public void Refresh()
    {
        LoadTerms();
        using var last = connection.Prepared("SELECT coalesce(max(seq), 0) FROM records");
        var number = (long)last.ExecuteScalar()! / BlockBits.Size;
        var erased = SqliteRecordStore.GetMeta(connection, SqliteErasure.Mark);
        if (number != _tail.Number || erased != _erased)
        {
            _erased = erased;
            _tail = new BlockIndex(number);
        }

        using var reader = _tailRecords.With(_tail.FirstSequence + _tail.Count).ExecuteReader();
        while (reader.Read())
        {
            while (_tail.Count < BlockIndex.PlaceOf(reader.GetInt64(0)))
            {
                AddToTail(null);
            }

            AddToTail(reader.IsDBNull(1) ? null : RecordJson.Parse(reader.GetFieldValue<byte[]>(1)));
        }
    }

    /// <summary>The records that satisfy a query.</summary>
    public RecordSet Find(EventQuery query)
    {
        var found = InTime(query.Since, query.Until);
        foreach (var filter in query.Terms)
        {
            found.IntersectWith(WithAnyOf(filter.AnyOf
                .Select(text => _dictionary.TryGet(new Term(filter.Field, text), out var id) ? id : 0).Where(id => id != 0)));
        }

        if (query.Text is { Length: > 0 } text)
        {
            found.IntersectWith(WithAnyOf(_byId
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
        foreach (var (id, term) in _byId)
        {
            if (term.Field == field && CountOf(set, id) is > 0 and var count)
            {
                yield return new TermCount(term.Text, count);
            }
        }
    }

    /// <summary>The ids of a field's terms with their texts.</summary>
    public IEnumerable<KeyValuePair<int, Term>> TermsOf(TermField field) => _byId.Where(entry => entry.Value.Field == field);

    /// <summary>Calls back for each block of the set that a term has records in, with the places both share.</summary>
    public void ForEachShared(RecordSet set, int term, Action<long, ReadOnlySpan<ulong>> visit)
    {
        var shared = new ulong[BlockBits.Words];
        using (var reader = _places.With(term, 0L, long.MaxValue).ExecuteReader())
        {
            while (reader.Read())
            {
                if (set.TryGet(reader.GetInt64(0), out var filter))
                {
                    Array.Clear(shared);
                    BlockBits.OrInto(reader.GetFieldValue<byte[]>(1), shared);
                    And(filter);
                    visit(reader.GetInt64(0), shared);
                }
            }
        }

        if (set.TryGet(_tail.Number, out var tailFilter) && _tail.Places.TryGetValue(term, out var places))
        {
            Array.Clear(shared);
            BlockBits.OrInto(BlockBits.Encode(places), shared);
            And(tailFilter);
            visit(_tail.Number, shared);
        }

        void And(ulong[] filter)
        {
            for (var i = 0; i < shared.Length; i++)
            {
                shared[i] &= filter[i];
            }
        }
    }

    /// <summary>When the records of a block were made, in Unix milliseconds; 0 where there is none.</summary>
    public long[] TimesOf(long block)
    {
        if (block == _tail.Number)
        {
            return _tail.Times.ToArray();
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
        _unique.Dispose();
        _tailRecords.Dispose();
        _blocks.Dispose();
        _times.Dispose();
    }

    private void LoadTerms()
    {
        using var command = connection.Prepared("SELECT id, field, text FROM terms WHERE id > $id", "$id");
        using var reader = command.With(_lastTerm).ExecuteReader();
        while (reader.Read())
        {
            var (id, term) = (reader.GetInt32(0), new Term((TermField)reader.GetInt32(1), reader.GetString(2)));
            _dictionary.Load(id, term);
            _byId[id] = term;
            _lastTerm = Math.Max(_lastTerm, id);
        }
    }

    private void AddToTail(BlockRecord? record)
    {
        _ids.Clear();
        _hashes.Clear();
        if (record is not null)
        {
            RecordTerms.Collect(record, _terms);
            foreach (var term in _terms)
            {
                if (_dictionary.TryGet(term, out var id) || _dictionary.TryGet(term with { Text = TermDictionary.Others }, out id))
                {
                    _ids.Add(id);
                }
            }

            RecordTerms.CollectUnique(record, _hashes);
        }

        _tail.Add(record?.Time ?? DateTimeOffset.UnixEpoch, _ids, _hashes);
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

        if (_tail.Count > 0)
        {
            partly.Add(_tail.Number);
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
            using (var reader = _places.With(term, 0L, long.MaxValue).ExecuteReader())
            {
                while (reader.Read())
                {
                    BlockBits.OrInto(reader.GetFieldValue<byte[]>(1), set.GetOrAdd(reader.GetInt64(0)));
                }
            }

            if (_tail.Places.TryGetValue(term, out var places))
            {
                BlockBits.OrInto(BlockBits.Encode(places), set.GetOrAdd(_tail.Number));
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
                foreach (var place in PlacesOf(hash, reader.GetFieldValue<byte[]>(1)))
                {
                    set.Add(first + place);
                }
            }
        }

        foreach (var (known, place) in _tail.Unique)
        {
            if (known == hash)
            {
                set.Add(_tail.FirstSequence + place);
            }
        }

        return set;
    }

    private static List<int> PlacesOf(ulong hash, byte[] entries)
    {
        int low = 0, high = entries.Length / BlockIndex.UniqueEntryLength;
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
        for (; low < entries.Length / BlockIndex.UniqueEntryLength && HashAt(low) == hash; low++)
        {
            places.Add(BinaryPrimitives.ReadUInt16BigEndian(entries.AsSpan((low * BlockIndex.UniqueEntryLength) + sizeof(ulong))));
        }

        return places;

        ulong HashAt(int entry) => BinaryPrimitives.ReadUInt64BigEndian(entries.AsSpan(entry * BlockIndex.UniqueEntryLength));
    }

    private long CountOf(RecordSet set, int term)
    {
        var count = 0L;
        using (var reader = _places.With(term, 0L, long.MaxValue).ExecuteReader())
        {
            while (reader.Read())
            {
                if (set.TryGet(reader.GetInt64(0), out var filter))
                {
                    count += BlockBits.CountWithin(reader.GetFieldValue<byte[]>(1), filter);
                }
            }
        }

        if (set.TryGet(_tail.Number, out var tailFilter) && _tail.Places.TryGetValue(term, out var places))
        {
            count += BlockBits.CountWithin(BlockBits.Encode(places), tailFilter);
        }

        return count;
    }
}
