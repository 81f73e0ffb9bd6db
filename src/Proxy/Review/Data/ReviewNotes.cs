using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Review;

/// <summary>One mark or comment on a record.</summary>
internal sealed record ReviewNote(DateTimeOffset Time, string Who, Disposition Disposition, string Comment);

/// <summary>Marks and comments on records. History is only added to; the latest mark counts.</summary>
internal sealed class ReviewNotes(ReviewDatabase database, TimeProvider time)
{
    public const int MaxComment = 2_000;

    public void Add(StoredRecord stored, string who, Disposition disposition, string comment)
    {
        database.Change(
            "INSERT INTO reviews (event, seq, time, who, disposition, comment) VALUES ($1, $2, $3, $4, $5, $6)",
            stored.Record.Id.ToString("N"), stored.Sequence, time.GetUtcNow().ToUnixTimeMilliseconds(), who,
            RecordTerms.NameOf(disposition), comment);
        if (disposition == Disposition.Open)
        {
            database.Change("DELETE FROM dispositions WHERE seq = $1", stored.Sequence);
        }
        else
        {
            database.Change(
                "INSERT OR REPLACE INTO dispositions (seq, disposition) VALUES ($1, $2)", stored.Sequence, RecordTerms.NameOf(disposition));
        }
    }

    /// <summary>Everything said about a record, oldest first.</summary>
    public IReadOnlyList<ReviewNote> Of(Guid id) => database.Read(
        "SELECT time, who, disposition, comment FROM reviews WHERE event = $1 ORDER BY id",
        row => new ReviewNote(
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), row.GetString(1), Named(row.GetString(2)), row.GetString(3)),
        id.ToString("N"));

    /// <summary>Numbers of the records with this mark; for <see cref="Disposition.Open"/>, of those with any other.</summary>
    public IReadOnlySet<long> Sequences(Disposition disposition) => (disposition == Disposition.Open
        ? database.Read("SELECT seq FROM dispositions", row => row.GetInt64(0))
        : database.Read("SELECT seq FROM dispositions WHERE disposition = $1", row => row.GetInt64(0), RecordTerms.NameOf(disposition)))
        .ToHashSet();

    /// <summary>The marks of some records; those without one are left out.</summary>
    public IReadOnlyDictionary<long, Disposition> Of(IEnumerable<long> sequences)
    {
        var marks = new Dictionary<long, Disposition>();
        foreach (var sequence in sequences)
        {
            foreach (var name in database.Read("SELECT disposition FROM dispositions WHERE seq = $1", row => row.GetString(0), sequence))
            {
                marks[sequence] = Named(name);
            }
        }

        return marks;
    }

    private static Disposition Named(string name) =>
        Enum.GetValues<Disposition>().FirstOrDefault(value => RecordTerms.NameOf(value) == name);
}
