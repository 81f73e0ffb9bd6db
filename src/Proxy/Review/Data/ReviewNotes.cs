using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Review;

/// <summary>One act on a record: a mark, a comment, an assignment.</summary>
/// <param name="Time">When.</param>
/// <param name="Who">Whose act it was.</param>
/// <param name="Disposition">The mark; null when it stayed as it was.</param>
/// <param name="Comment">What was said.</param>
/// <param name="Assigned">Whose task the record became; empty for nobody's, null when it stayed as it was.</param>
internal sealed record ReviewNote(DateTimeOffset Time, string Who, Disposition? Disposition, string Comment, string? Assigned);

/// <summary>What a reviewer does with a record.</summary>
internal sealed record ReviewAct(Disposition? Disposition, string Comment, string? Assign);

/// <summary>Marks, comments and assignments. History is only added to; the latest mark and the latest assignment count.</summary>
internal sealed class ReviewNotes(ReviewDatabase database, TimeProvider time)
{
    public const int MaxComment = 2_000;

    public void Add(StoredRecord stored, string who, ReviewAct act)
    {
        database.Change(
            "INSERT INTO reviews (event, seq, time, who, disposition, comment, assigned) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            stored.Record.Id.ToString("N"), stored.Sequence, time.GetUtcNow().ToUnixTimeMilliseconds(), who,
            act.Disposition is { } mark ? RecordTerms.NameOf(mark) : "", act.Comment, act.Assign is null ? DBNull.Value : act.Assign);
        if (act.Disposition is { } disposition)
        {
            Set("dispositions", "disposition", stored.Sequence, disposition == Disposition.Open ? "" : RecordTerms.NameOf(disposition));
        }

        if (act.Assign is { } assignee)
        {
            Set("assignments", "who", stored.Sequence, assignee);
        }
    }

    /// <summary>Everything done to a record, oldest first.</summary>
    public IReadOnlyList<ReviewNote> Of(Guid id) => database.Read(
        "SELECT time, who, disposition, comment, assigned FROM reviews WHERE event = $1 ORDER BY id",
        row => new ReviewNote(
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), row.GetString(1), row.GetString(2) is { Length: > 0 } mark ? Named(mark) : null,
            row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4)),
        id.ToString("N"));

    /// <summary>Numbers of the records with this mark; for <see cref="Disposition.Open"/>, of those with any other.</summary>
    public IReadOnlySet<long> Sequences(Disposition disposition) => (disposition == Disposition.Open
        ? database.Read("SELECT seq FROM dispositions", row => row.GetInt64(0))
        : database.Read("SELECT seq FROM dispositions WHERE disposition = $1", row => row.GetInt64(0), RecordTerms.NameOf(disposition)))
        .ToHashSet();

    /// <summary>Numbers of the records that are a person's task; of those that are anybody's, without a name.</summary>
    public IReadOnlySet<long> AssignedTo(string? who) => (who is null
        ? database.Read("SELECT seq FROM assignments", row => row.GetInt64(0))
        : database.Read("SELECT seq FROM assignments WHERE who = $1", row => row.GetInt64(0), who)).ToHashSet();

    /// <summary>The marks of some records; those without one are left out.</summary>
    public IReadOnlyDictionary<long, Disposition> Of(IEnumerable<long> sequences) =>
        Each(sequences, "SELECT disposition FROM dispositions WHERE seq = $1").ToDictionary(entry => entry.Sequence, entry => Named(entry.Text));

    /// <summary>Whose task some records are; those that are nobody's are left out.</summary>
    public IReadOnlyDictionary<long, string> AssigneesOf(IEnumerable<long> sequences) =>
        Each(sequences, "SELECT who FROM assignments WHERE seq = $1").ToDictionary(entry => entry.Sequence, entry => entry.Text);

    private IEnumerable<(long Sequence, string Text)> Each(IEnumerable<long> sequences, string sql) =>
        sequences.SelectMany(sequence => database.Read(sql, row => (sequence, row.GetString(0)), sequence));

    private void Set(string table, string column, long sequence, string text)
    {
        if (text.Length == 0)
        {
            database.Change($"DELETE FROM {table} WHERE seq = $1", sequence);
        }
        else
        {
            database.Change($"INSERT OR REPLACE INTO {table} (seq, {column}) VALUES ($1, $2)", sequence, text);
        }
    }

    private static Disposition Named(string name) =>
        Enum.GetValues<Disposition>().FirstOrDefault(value => RecordTerms.NameOf(value) == name);
}
