using System.Collections.Concurrent;

namespace EdgeFilter.Proxy.Review;

/// <summary>Slows down guessing: after five failures a name, and after thirty an address, must wait.</summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    private const int FailuresPerName = 5;
    private const int FailuresPerAddress = 30;
    private const int MaxKeys = 10_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, (int Count, DateTimeOffset Start)> _failures = new(StringComparer.OrdinalIgnoreCase);

    public bool MustWait(string name, string address) => Count("n:" + name) >= FailuresPerName || Count("a:" + address) >= FailuresPerAddress;

    public void Failed(string name, string address)
    {
        if (_failures.Count > MaxKeys)
        {
            _failures.Clear();
        }

        Add("n:" + name);
        Add("a:" + address);
    }

    public void Succeeded(string name) => _failures.TryRemove("n:" + name, out _);

    private int Count(string key) => _failures.TryGetValue(key, out var seen) && time.GetUtcNow() - seen.Start < Window ? seen.Count : 0;

    private void Add(string key)
    {
        var now = time.GetUtcNow();
        _failures.AddOrUpdate(key, (1, now), (_, seen) => now - seen.Start < Window ? (seen.Count + 1, seen.Start) : (1, now));
    }
}
