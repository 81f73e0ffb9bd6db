using Microsoft.Data.Sqlite;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>
/// The stored places of the terms that queries asked for. A full block never changes, so that only blocks that are new have to be
/// read; whoever erases or trims says <see cref="Clear"/>.
/// </summary>
internal sealed class PlacesCache(SqliteConnection connection) : IDisposable
{
    /// <summary>Enough for every term of about twenty million records.</summary>
    private const long MaxBytes = 256L * 1024 * 1024;

    /// <summary>About what an entry costs beside its places.</summary>
    private const int EntryBytes = 48;

    private readonly SqliteCommand _read = connection.Prepared(
        "SELECT block, places FROM term_places WHERE term = $term AND block > $after ORDER BY block", "$term", "$after");

    private readonly Dictionary<int, Known> _byTerm = [];
    private long _bytes;

    /// <summary>A term's places, block by block. Valid until the next call.</summary>
    /// <param name="term">The term's number.</param>
    /// <param name="last">The last block that is stored: nothing is read for a term that is known as far as that.</param>
    public IReadOnlyList<(long Block, byte[] Places)> Of(int term, long last)
    {
        if (_bytes > MaxBytes)
        {
            Clear();
        }

        if (!_byTerm.TryGetValue(term, out var known))
        {
            _byTerm[term] = known = new Known();
            _bytes += EntryBytes;
        }

        if (known.Last < last)
        {
            Read(term, known);
            known.Last = last;
        }

        return known.Places;
    }

    public void Clear()
    {
        _byTerm.Clear();
        _bytes = 0;
    }

    public void Dispose() => _read.Dispose();

    private void Read(int term, Known known)
    {
        using var reader = _read.With(term, known.Last).ExecuteReader();
        while (reader.Read())
        {
            known.Places.Add((reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)));
            _bytes += known.Places[^1].Places.Length + EntryBytes;
        }
    }

    private sealed class Known
    {
        public List<(long Block, byte[] Places)> Places { get; } = [];

        public long Last { get; set; } = -1;
    }
}
