using System.Collections.Concurrent;

namespace EdgeFilter.Proxy.Review;

/// <summary>
/// Slows down guessing: after five failures for a name from one address, thirty from an address or a hundred for a name, the next
/// must wait. The owner of a name isn't locked out by a stranger's few wrong guesses.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    private const int FailuresPerPair = 5;
    private const int FailuresPerName = 100;
    private const int FailuresPerAddress = 30;
    private const int MaxKeys = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (int Count, DateTimeOffset Start)> _failures = new(StringComparer.OrdinalIgnoreCase);

    public bool MustWait(string name, string address) => Count(Pair(name, address)) >= FailuresPerPair
        || Count("n:" + name) >= FailuresPerName || Count("a:" + address) >= FailuresPerAddress;

    public void Failed(string name, string address)
    {
        if (_failures.Count > MaxKeys)
        {
            _failures.Clear();
        }

        Add(Pair(name, address));
        Add("n:" + name);
        Add("a:" + address);
    }

    public void Succeeded(string name, string address) => _failures.TryRemove(Pair(name, address), out _);

    private static string Pair(string name, string address) => $"p:{name}|{address}";

    private int Count(string key) => _failures.TryGetValue(key, out var seen) && time.GetUtcNow() - seen.Start < Window ? seen.Count : 0;

    private void Add(string key)
    {
        var now = time.GetUtcNow();
        _failures.AddOrUpdate(key, (1, now), (_, seen) => now - seen.Start < Window ? (seen.Count + 1, seen.Start) : (1, now));
    }
}
