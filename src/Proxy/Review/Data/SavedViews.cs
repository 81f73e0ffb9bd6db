namespace EdgeFilter.Proxy.Review;

/// <summary>A filter that somebody gave a name.</summary>
internal sealed record SavedView(string Name, string Query);

/// <summary>Each person's own named filters.</summary>
internal sealed class SavedViews(ReviewDatabase database)
{
    public const int MaxPerOwner = 100;

    public IReadOnlyList<SavedView> Of(string owner) => database.Read(
        "SELECT name, query FROM views WHERE owner = $1 ORDER BY name", row => new SavedView(row.GetString(0), row.GetString(1)), owner);

    /// <summary>False when the owner has <see cref="MaxPerOwner"/> already.</summary>
    public bool Save(string owner, SavedView view)
    {
        var known = Of(owner);
        if (known.Count >= MaxPerOwner && known.All(other => other.Name != view.Name))
        {
            return false;
        }

        database.Change("INSERT OR REPLACE INTO views (owner, name, query) VALUES ($1, $2, $3)", owner, view.Name, view.Query);
        return true;
    }

    public void Remove(string owner, string name) => database.Change("DELETE FROM views WHERE owner = $1 AND name = $2", owner, name);
}
