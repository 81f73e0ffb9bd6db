namespace EdgeFilter.Proxy.Review;

/// <summary>Who can be given a record to review: local accounts, and whoever signed in through the organisation.</summary>
internal sealed class People(ReviewDatabase database, TimeProvider time)
{
    public IReadOnlyList<string> All => database.Read(
        "SELECT name FROM accounts WHERE role <> 'viewer' UNION SELECT name FROM people WHERE role <> 'viewer' ORDER BY 1", row => row.GetString(0));

    public bool Has(string name) => All.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Notes somebody who has no local account.</summary>
    public void SignedIn(string name, Role role) => database.Change(
        "INSERT OR REPLACE INTO people (name, role, seen) VALUES ($1, $2, $3)",
        name, BlockLog.RecordTerms.NameOf(role), time.GetUtcNow().ToUnixTimeMilliseconds());
}
