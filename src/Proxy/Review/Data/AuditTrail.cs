namespace EdgeFilter.Proxy.Review;

/// <summary>An act of a person in the console.</summary>
internal sealed record AuditEntry(long Id, DateTimeOffset Time, string Who, string Action, string Target);

/// <summary>Who did what in the console, kept with what they did.</summary>
internal sealed class AuditTrail(ReviewDatabase database, TimeProvider time)
{
    public void Record(string who, string action, string target) => database.Change(
        "INSERT INTO audit (time, who, action, target) VALUES ($1, $2, $3, $4)",
        time.GetUtcNow().ToUnixTimeMilliseconds(), who, action, target);

    /// <summary>The newest entries before an id, newest first.</summary>
    public IReadOnlyList<AuditEntry> Read(long before, int limit) => database.Read(
        "SELECT id, time, who, action, target FROM audit WHERE id < $1 ORDER BY id DESC LIMIT $2",
        row => new AuditEntry(
            row.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1)), row.GetString(2), row.GetString(3), row.GetString(4)),
        before, limit);
}
