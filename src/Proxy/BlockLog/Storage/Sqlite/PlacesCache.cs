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

    private readonly SqliteCommand _read = connection.Prepared(
        "SELECT block, places FROM term_places WHERE term = $term AND block > $after ORDER BY block", "$term", "$after");

    private readonly Dictionary<int, List<(long Block, byte[] Places)>> _byTerm = [];
    private long _bytes;

    /// <summary>A term's places, block by block. Valid until the next call.</summary>
    public IReadOnlyList<(long Block, byte[] Places)> Of(int term)
    {
        if (_bytes > MaxBytes)
        {
            Clear();
        }

        if (!_byTerm.TryGetValue(term, out var places))
        {
            _byTerm[term] = places = [];
        }

        using var reader = _read.With(term, places.Count > 0 ? places[^1].Block : -1L).ExecuteReader();
        while (reader.Read())
        {
            places.Add((reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)));
            _bytes += places[^1].Places.Length;
        }

        return places;
    }

    public void Clear()
    {
        _byTerm.Clear();
        _bytes = 0;
    }

    public void Dispose() => _read.Dispose();
}
