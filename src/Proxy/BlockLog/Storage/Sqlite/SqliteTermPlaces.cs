using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>
/// Which records have which terms: in stored blocks a row for each term, or a column for a field with many terms, and behind them the
/// block that isn't stored yet.
/// </summary>
internal sealed class SqliteTermPlaces(SqliteConnection connection, SqliteIndexTail recent) : IDisposable
{
    private readonly PlacesCache _rows = new(connection);

    private readonly SqliteCommand _columns =
        connection.Prepared("SELECT block, terms FROM term_columns WHERE field = $field ORDER BY block", "$field");

    private bool _hasColumns;

    private BlockIndex Tail => recent.Block;

    /// <summary>Forgets what was read: something that was stored has changed.</summary>
    public void Clear() => _rows.Clear();

    /// <summary>The records that have any of the terms.</summary>
    public RecordSet WithAnyOf(IEnumerable<int> terms)
    {
        var set = new RecordSet();
        var byField = new Dictionary<TermField, List<int>>();
        foreach (var term in terms)
        {
            var field = recent.Terms[term].Field;
            (byField.TryGetValue(field, out var wanted) ? wanted : byField[field] = []).Add(term);
            foreach (var (block, stored) in RowsOf(term))
            {
                BlockBits.OrInto(stored, set.GetOrAdd(block));
            }

            if (Tail.Places.TryGetValue(term, out var places))
            {
                var bits = set.GetOrAdd(Tail.Number);
                foreach (var place in places)
                {
                    BlockBits.Set(bits, place);
                }
            }
        }

        foreach (var (field, wanted) in byField)
        {
            AddColumns(field, wanted, set);
        }

        return set;
    }

    /// <summary>How many records of the set have each term of a field; terms that none has are left out.</summary>
    public IEnumerable<TermCount> Count(RecordSet set, TermField field)
    {
        var counts = new long[recent.LastTerm + 1];
        ForEachColumn(field, set, (block, column) =>
        {
            _ = set.TryGet(block, out var filter);
            TermColumn.CountWithin(column, filter, counts);
        });

        foreach (var (id, term) in recent.Terms)
        {
            if (term.Field == field && counts[id] + CountRows(set, id) is > 0 and var count)
            {
                yield return new TermCount(term.Text, count);
            }
        }
    }

    public void Dispose()
    {
        _rows.Dispose();
        _columns.Dispose();
    }

    private void AddColumns(TermField field, List<int> terms, RecordSet set)
    {
        if (terms is [var only])
        {
            ForEachColumn(field, within: null, (block, column) => TermColumn.AddPlaces(column, only, set.GetOrAdd(block)));
            return;
        }

        var wanted = new bool[recent.LastTerm + 1];
        foreach (var term in terms)
        {
            wanted[term] = true;
        }

        ForEachColumn(field, within: null, (block, column) => TermColumn.AddPlaces(column, wanted, set.GetOrAdd(block)));
    }

    private IReadOnlyList<(long Block, byte[] Places)> RowsOf(int term) => _rows.Of(term, Tail.Number - 1);

    private long CountRows(RecordSet set, int term)
    {
        var count = 0L;
        foreach (var (block, stored) in RowsOf(term))
        {
            if (set.TryGet(block, out var filter))
            {
                count += BlockBits.CountWithin(stored, filter);
            }
        }

        if (set.TryGet(Tail.Number, out var tailFilter) && Tail.Places.TryGetValue(term, out var places))
        {
            foreach (var place in places)
            {
                count += BlockBits.IsSet(tailFilter, place) ? 1 : 0;
            }
        }

        return count;
    }

    // Read where SQLite holds it: a copy of each would be tens of megabytes of large objects for every query. SQLite reads a column only
    // when it is asked for, so that blocks without a record of the set cost next to nothing.
    private void ForEachColumn(TermField field, RecordSet? within, Action<long, ReadOnlySpan<byte>> visit)
    {
        // A file of an earlier version, which the proxy has not opened yet, has none.
        _hasColumns = _hasColumns || SqliteSchema.VersionOf(connection) >= SqliteSchema.HasColumns;
        if (!_hasColumns)
        {
            return;
        }

        using var reader = _columns.With((int)field).ExecuteReader();
        while (reader.Read())
        {
            var block = reader.GetInt64(0);
            if (within is null || within.TryGet(block, out _))
            {
                visit(block, raw.sqlite3_column_blob(reader.Handle, 1));
            }
        }
    }
}
