using Microsoft.Data.Sqlite;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>
/// Answers queries from the stored blocks of the index and from one of its own over the records behind them. Belongs to one thread
/// at a time; call <see cref="Refresh"/> inside the transaction that a query reads in.
/// </summary>
internal sealed class SqliteIndexReader : IDisposable
{
    private static readonly TermField[] TextFields =
    [
        TermField.Reason, TermField.Rule, TermField.Policy, TermField.Entity, TermField.Tenant, TermField.Client, TermField.Model,
    ];

    private readonly SqliteIndexTail _recent;
    private readonly SqliteTermPlaces _places;
    private readonly SqliteCommand _unique;

    public SqliteIndexReader(SqliteConnection connection)
    {
        _recent = new SqliteIndexTail(connection);
        _places = new SqliteTermPlaces(connection, _recent);
        Times = new SqliteBlockTimes(connection, _recent);
        _unique = connection.Prepared("SELECT block, entries FROM unique_places WHERE bucket = $bucket", "$bucket");
    }

    public SqliteBlockTimes Times { get; }

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
        var found = WithoutFields(query);
        foreach (var filter in query.Terms)
        {
            found = Within(found, With(filter));
        }

        return InTime(query, found);
    }

    /// <summary>
    /// How many records satisfy a query, and how many of them have each text of some fields, where a field's own filters don't count.
    /// What the fields share is looked for once.
    /// </summary>
    public (long Total, Dictionary<TermField, IEnumerable<TermCount>> Counts) Facets(EventQuery query, IReadOnlyList<TermField> fields)
    {
        var shared = InTime(query, WithoutFields(query));
        var filters = query.Terms.Select(filter => (filter.Field, Records: With(filter))).ToArray();
        var whole = Filtered(null);
        return (whole.Count, fields.ToDictionary(
            field => field, field => _places.Count(filters.Any(filter => filter.Field == field) ? Filtered(field) : whole, field)));

        RecordSet Filtered(TermField? without)
        {
            var records = shared;
            foreach (var filter in filters.Where(filter => filter.Field != without))
            {
                records = Within(records, filter.Records);
            }

            return records;
        }
    }

    /// <summary>How many records of the set have each term of a field.</summary>
    public IEnumerable<TermCount> Count(RecordSet set, TermField field) => _places.Count(set, field);

    /// <summary>The records of the set by their text in a field; records without any are left out.</summary>
    public IEnumerable<(string Text, RecordSet Records)> SplitBy(RecordSet set, TermField field) => _recent.Terms
        .Where(entry => entry.Value.Field == field)
        .Select(entry => (entry.Value.Text, Within(set, _places.WithAnyOf([entry.Key]))));

    public void Dispose()
    {
        _places.Dispose();
        _recent.Dispose();
        _unique.Dispose();
        Times.Dispose();
    }

    // Every condition but time and fields; null when there is none.
    private RecordSet? WithoutFields(EventQuery query)
    {
        RecordSet? found = null;
        if (query.Text is { Length: > 0 } text)
        {
            found = Within(found, _places.WithAnyOf(_recent.Terms
                .Where(entry => TextFields.Contains(entry.Value.Field) && entry.Value.Text.Contains(text, StringComparison.OrdinalIgnoreCase))
                .Select(entry => entry.Key)));
        }

        Unique(query.Fingerprint is { } fingerprint ? RecordTerms.HashOfFingerprint(fingerprint) : null);
        Unique(query.Id is { } id ? RecordTerms.HashOfId(id) : null);
        Unique(query.RequestId is { } request ? RecordTerms.HashOfRequest(request) : null);
        return query.Only is { } only ? Within(found, RecordSet.Of(only)) : found;

        void Unique(ulong? hash)
        {
            if (hash is { } value)
            {
                found = Within(found, WithHash(value));
            }
        }
    }

    // Last, as the others leave few blocks to look into; and always, as only a time tells a record from an empty place.
    private RecordSet InTime(EventQuery query, RecordSet? found)
    {
        var set = Times.Between(
            Math.Max(1, query.Since?.ToUnixTimeMilliseconds() ?? 1), query.Until?.ToUnixTimeMilliseconds() ?? long.MaxValue, found);
        if (query.Except is { } except)
        {
            set.Remove(except);
        }

        return set;
    }

    private RecordSet With(TermFilter filter) => _places.WithAnyOf(filter.AnyOf
        .Select(text => _recent.TryGetTerm(new Term(filter.Field, text), out var id) ? id : 0).Where(id => id != 0).Distinct());

    private static RecordSet Within(RecordSet? set, RecordSet other) => set is null ? other : RecordSet.Intersection(set, other);

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

        foreach (var (known, place) in _recent.Block.Unique)
        {
            if (known == hash)
            {
                set.Add(_recent.Block.FirstSequence + place);
            }
        }

        return set;
    }
}
