using Microsoft.Data.Sqlite;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>The part of the index that isn't stored yet: the terms, and a block made anew from the records behind the stored ones.</summary>
internal sealed class SqliteIndexTail(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand _records =
        connection.Prepared("SELECT seq, body FROM records WHERE seq >= $from ORDER BY seq", "$from");

    private readonly TermDictionary _dictionary = new();
    private readonly Dictionary<int, Term> _terms = [];
    private readonly List<Term> _collected = [];
    private readonly List<int> _ids = [];
    private readonly List<ulong> _hashes = [];
    private BlockIndex _block = new(0);
    private int _lastTerm;
    private string? _erased;

    public BlockIndex Block => _block;

    /// <summary>Every term by its number.</summary>
    public IReadOnlyDictionary<int, Term> Terms => _terms;

    /// <summary>The highest number of a term.</summary>
    public int LastTerm => _lastTerm;

    public bool TryGetTerm(Term term, out int id) => _dictionary.TryGet(term, out id);

    /// <summary>Takes in what was written since.</summary>
    /// <returns>True when stored blocks changed too: something was erased or trimmed.</returns>
    public bool Refresh()
    {
        LoadTerms();
        using var last = connection.Prepared("SELECT coalesce(max(seq), 0) FROM records");
        var number = (long)last.ExecuteScalar()! / BlockBits.Size;
        var erased = SqliteRecordStore.GetMeta(connection, SqliteErasure.Mark);
        if (number != _block.Number || erased != _erased)
        {
            _block = new BlockIndex(number);
        }

        var changed = erased != _erased;
        _erased = erased;
        using var reader = _records.With(_block.FirstSequence + _block.Count).ExecuteReader();
        while (reader.Read())
        {
            while (_block.Count < BlockIndex.PlaceOf(reader.GetInt64(0)))
            {
                Add(null);
            }

            Add(reader.IsDBNull(1) ? null : RecordJson.Parse(reader.GetFieldValue<byte[]>(1)));
        }

        return changed;
    }

    public void Dispose() => _records.Dispose();

    private void LoadTerms()
    {
        using var command = connection.Prepared("SELECT id, field, text FROM terms WHERE id > $id", "$id");
        using var reader = command.With(_lastTerm).ExecuteReader();
        while (reader.Read())
        {
            var (id, term) = (reader.GetInt32(0), new Term((TermField)reader.GetInt32(1), reader.GetString(2)));
            _dictionary.Load(id, term);
            _terms[id] = term;
            _lastTerm = Math.Max(_lastTerm, id);
        }
    }

    private void Add(BlockRecord? record)
    {
        _ids.Clear();
        _hashes.Clear();
        if (record is not null)
        {
            RecordTerms.Collect(record, _collected);
            foreach (var term in _collected)
            {
                if (_dictionary.TryGet(term, out var id) || _dictionary.TryGet(term with { Text = TermDictionary.Others }, out id))
                {
                    _ids.Add(id);
                }
            }

            RecordTerms.CollectUnique(record, _hashes);
        }

        _block.Add(record?.Time ?? DateTimeOffset.UnixEpoch, _ids, _hashes);
    }
}
