using EdgeFilter.Proxy.BlockLog;
using Microsoft.AspNetCore.Identity;

namespace EdgeFilter.Proxy.Review;

/// <summary>Local accounts. Passwords are hashed by the framework's own hasher.</summary>
internal sealed class Accounts(ReviewDatabase database, TimeProvider time)
{
    public const int MinPassword = 12;
    public const int MaxPassword = 256;

    private static readonly PasswordHasher<string> Hasher = new();

    // Compared with when there is no such account, so that the time taken doesn't tell.
    private static readonly string NobodysHash = Hasher.HashPassword("", "nobody's password");

    public bool Any => database.Read("SELECT 1 FROM accounts LIMIT 1", row => row.GetInt64(0)).Count > 0;

    public IReadOnlyList<Account> All => database.Read("SELECT name, role, created FROM accounts ORDER BY name", Account);

    public Account? Find(string name) =>
        database.Read("SELECT name, role, created FROM accounts WHERE name = $1", Account, name).FirstOrDefault();

    /// <summary>A name of 1 to 64 letters, digits, dots, hyphens, underscores and @.</summary>
    public static bool IsName(string? name) =>
        name is { Length: > 0 and <= 64 } && name.All(c => char.IsAsciiLetterOrDigit(c) || "._@-".Contains(c, StringComparison.Ordinal));

    public static bool IsPassword(string? password) => password is { Length: >= MinPassword and <= MaxPassword };

    /// <summary>False when the name is taken.</summary>
    public bool Create(string name, string password, Role role) => database.Change(
        "INSERT OR IGNORE INTO accounts (name, role, password, created) VALUES ($1, $2, $3, $4)",
        name, RecordTerms.NameOf(role), Hasher.HashPassword(name, password), time.GetUtcNow().ToUnixTimeMilliseconds()) == 1;

    /// <summary>The very first account; false when there is one already, whoever else tries at the same moment.</summary>
    public bool CreateFirst(string name, string password) => database.Change(
        "INSERT INTO accounts (name, role, password, created) SELECT $1, $2, $3, $4 WHERE NOT EXISTS (SELECT 1 FROM accounts)",
        name, RecordTerms.NameOf(Role.Admin), Hasher.HashPassword(name, password), time.GetUtcNow().ToUnixTimeMilliseconds()) == 1;

    /// <summary>The account when name and password fit, else null; takes as long either way.</summary>
    public Account? Check(string name, string password)
    {
        var hash = database.Read("SELECT password FROM accounts WHERE name = $1", row => row.GetString(0), name).FirstOrDefault();
        var fits = Hasher.VerifyHashedPassword(name, hash ?? NobodysHash, password) != PasswordVerificationResult.Failed;
        return fits && hash is not null ? Find(name) : null;
    }

    public bool SetRole(string name, Role role) =>
        database.Change("UPDATE accounts SET role = $2 WHERE name = $1", name, RecordTerms.NameOf(role)) == 1;

    public bool SetPassword(string name, string password) =>
        database.Change("UPDATE accounts SET password = $2 WHERE name = $1", name, Hasher.HashPassword(name, password)) == 1;

    public bool Remove(string name) => database.Change("DELETE FROM accounts WHERE name = $1", name) == 1;

    private static Account Account(Microsoft.Data.Sqlite.SqliteDataReader row) => new(
        row.GetString(0),
        Enum.GetValues<Role>().FirstOrDefault(role => RecordTerms.NameOf(role) == row.GetString(1)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)));
}
