using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace EdgeFilter.Proxy.Review;

/// <summary>
/// Signed-in browsers, in memory: a restart signs everybody out. The cookie holds a random token, this table its hash.
/// </summary>
internal sealed class Sessions(Accounts accounts, TimeProvider time)
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(10);
    public static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(60);
    private const int MaxSessions = 10_000;

    private readonly ConcurrentDictionary<string, Entry> _sessions = new(StringComparer.Ordinal);

    /// <summary>Signs in; the token belongs into the cookie and nowhere else.</summary>
    public (string Token, Session Session) Begin(Account account)
    {
        var now = time.GetUtcNow();
        foreach (var (key, entry) in _sessions)
        {
            if (IsOver(entry, now) || _sessions.Count > MaxSessions)
            {
                _sessions.TryRemove(key, out _);
            }
        }

        var token = Random();
        var session = new Session(account, Random(), now + Longest);
        _sessions[KeyOf(token)] = new Entry(session, now);
        return (token, session);
    }

    /// <summary>The session of a cookie, null when there is none or it is over. The account is read anew: a changed role counts at once.</summary>
    public Session? Find(string? token)
    {
        if (token is not { Length: > 0 and <= 100 } || !_sessions.TryGetValue(KeyOf(token), out var entry))
        {
            return null;
        }

        var now = time.GetUtcNow();
        var account = entry.Session.Account.IsExternal ? entry.Session.Account : accounts.Find(entry.Session.Account.Name);
        if (IsOver(entry, now) || account is null || account.Created != entry.Session.Account.Created)
        {
            End(token);
            return null;
        }

        entry.Seen(now);
        return entry.Session with { Account = account };
    }

    public void End(string token) => _sessions.TryRemove(KeyOf(token), out _);

    /// <summary>Signs somebody out everywhere.</summary>
    /// <returns>How many browsers that were.</returns>
    public int EndAll(string name)
    {
        var ended = 0;
        foreach (var (key, entry) in _sessions)
        {
            if (string.Equals(entry.Session.Account.Name, name, StringComparison.OrdinalIgnoreCase) && _sessions.TryRemove(key, out _))
            {
                ended++;
            }
        }

        return ended;
    }

    internal static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static bool IsOver(Entry entry, DateTimeOffset now) =>
        now >= entry.Session.Expires || now - entry.LastSeen >= LongestIdle;

    private static string KeyOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private sealed class Entry(Session session, DateTimeOffset lastSeen)
    {
        // Ticks, not the time itself: requests of one browser come at once, and a long is never half written.
        private long _lastSeen = lastSeen.UtcTicks;

        public Session Session { get; } = session;

        public DateTimeOffset LastSeen => new(Volatile.Read(ref _lastSeen), TimeSpan.Zero);

        public void Seen(DateTimeOffset now) => Volatile.Write(ref _lastSeen, now.UtcTicks);
    }
}
