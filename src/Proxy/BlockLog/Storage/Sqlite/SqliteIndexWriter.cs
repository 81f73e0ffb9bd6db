using Microsoft.Data.Sqlite;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Builds the index beside the records, in the same transactions: a block's rows are written with its last record.</summary>
internal sealed class SqliteIndexWriter(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand _addTerm =
        connection.Prepared("INSERT INTO terms (id, field, text) VALUES ($id, $field, $text)", "$id", "$field", "$text");

    private readonly SqliteCommand _addBlock = connection.Prepared(
        "INSERT OR REPLACE INTO blocks (block, min_time, max_time, times) VALUES ($block, $min, $max, $times)",
        "$block", "$min", "$max", "$times");

    private readonly SqliteCommand _addPlaces = connection.Prepared(
        "INSERT OR REPLACE INTO term_places (term, block, count, places) VALUES ($term, $block, $count, $places)",
        "$term", "$block", "$count", "$places");

    private readonly SqliteCommand _addColumn = connection.Prepared(
        "INSERT OR REPLACE INTO term_columns (field, block, terms) VALUES ($field, $block, $terms)", "$field", "$block", "$terms");

    private readonly SqliteCommand _addUnique = connection.Prepared(
        "INSERT OR REPLACE INTO unique_places (bucket, block, entries) VALUES ($bucket, $block, $entries)", "$bucket", "$block", "$entries");

    private readonly List<Term> _terms = [];
    private readonly List<int> _ids = [];
    private readonly List<ulong> _unique = [];
    private readonly TermDictionary _dictionary = new();
    private BlockIndex _block = new(0);

    /// <summary>Reads the terms, and indexes the records of the last block again, which isn't stored yet.</summary>
    public void Load(long lastSequence)
    {
        SqliteTerms.LoadInto(_dictionary, connection);
        _block = new BlockIndex(lastSequence / BlockBits.Size);
        using var command = connection.Prepared(
            "SELECT seq, body FROM records WHERE seq BETWEEN $first AND $last ORDER BY seq", "$first", "$last");
        using var reader = command.With(_block.FirstSequence, _block.FirstSequence + BlockBits.Size - 1).ExecuteReader();
        while (reader.Read())
        {
            PadTo(BlockIndex.PlaceOf(reader.GetInt64(0)));
            AddRecord(reader.IsDBNull(1) ? null : RecordJson.Parse(reader.GetFieldValue<byte[]>(1)));
        }

        PadTo(BlockIndex.PlaceOf(lastSequence + 1));
    }

    /// <summary>Indexes the record that follows the last one. Belongs into the transaction that inserts it.</summary>
    public void Add(BlockRecord record)
    {
        AddRecord(record);
        if (_block.IsFull)
        {
            Store(_block);
            _block = new BlockIndex(_block.Number + 1);
        }
    }

    /// <summary>Writes a stored block's rows again from its records as they are now.</summary>
    public void Rebuild(long block)
    {
        foreach (var table in new[] { "blocks", "term_places", "term_columns", "unique_places" })
        {
            using var delete = connection.Prepared($"DELETE FROM {table} WHERE block = $block", "$block");
            delete.With(block).ExecuteNonQuery();
        }

        Load(((block + 1) * BlockBits.Size) - 1);
        Store(_block);
    }

    public void Dispose()
    {
        _addTerm.Dispose();
        _addBlock.Dispose();
        _addPlaces.Dispose();
        _addColumn.Dispose();
        _addUnique.Dispose();
    }

    private void AddRecord(BlockRecord? record)
    {
        _ids.Clear();
        _unique.Clear();

        // An erased or damaged record keeps its place and can't be found.
        if (record is null)
        {
            _block.Add(DateTimeOffset.UnixEpoch, _ids, _unique);
            return;
        }

        RecordTerms.Collect(record, _terms);
        foreach (var term in _terms)
        {
            _ids.Add(_dictionary.GetOrAdd(term, StoreTerm));
        }

        RecordTerms.CollectUnique(record, _unique);
        _block.Add(record.Time, _ids, _unique);
    }

    // Missing records leave their places empty, so that those behind them keep theirs.
    private void PadTo(int place)
    {
        while (_block.Count < place)
        {
            AddRecord(null);
        }
    }

    private void StoreTerm(int id, Term term) => _addTerm.With(id, (int)term.Field, term.Text).ExecuteNonQuery();

    private void Store(BlockIndex block)
    {
        long earliest = long.MaxValue, latest = long.MinValue;
        foreach (var time in block.Times)
        {
            earliest = Math.Min(earliest, time);
            latest = Math.Max(latest, time);
        }

        _addBlock.With(block.Number, earliest, latest, block.EncodeTimes()).ExecuteNonQuery();
        foreach (var field in block.Places.OrderBy(entry => entry.Key).GroupBy(entry => _dictionary.FieldOf(entry.Key)))
        {
            StoreField(block.Number, field.Key, [.. field]);
        }

        foreach (var (bucket, entries) in block.EncodeUnique())
        {
            _addUnique.With(bucket, block.Number, entries).ExecuteNonQuery();
        }
    }

    private void StoreField(long block, TermField field, KeyValuePair<int, List<ushort>>[] placesByTerm)
    {
        if (placesByTerm.Length > TermColumn.ManyTerms && TermColumn.TryEncode(placesByTerm) is { } column)
        {
            _addColumn.With((int)field, block, column).ExecuteNonQuery();
            return;
        }

        foreach (var (term, places) in placesByTerm)
        {
            _addPlaces.With(term, block, places.Count, BlockBits.Encode(places)).ExecuteNonQuery();
        }
    }
}
