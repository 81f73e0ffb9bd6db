using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeFilter.Policies.Compilation;

namespace EdgeFilter.Policies.Filtering;

/// <summary>
/// Remembers which texts no rule of a plan had anything to say to: a conversation sends its whole history with every turn. Holds
/// keyed hashes only. Bounded: the older half is forgotten when the newer one is full.
/// </summary>
public sealed class CleanTextCache
{
    private const int Generation = 16_384;

    /// <summary>Shorter texts cost less to judge than to look up.</summary>
    private const int MinLength = 64;

    private readonly byte[] key = RandomNumberGenerator.GetBytes(16);
    private int count;
    private ConcurrentDictionary<UInt128, byte> newer = new();
    private ConcurrentDictionary<UInt128, byte> older = new();

    /// <summary>Identifies a text under a plan; null for texts that are not worth remembering, and where more than the text decides.</summary>
    /// <param name="plan">Plans are compared by identity: a new policy has new plans, so nothing outlives a change of rules.</param>
    /// <param name="text">The text.</param>
    /// <param name="recurs">The text is known to come again and again, so that a short one is worth remembering too.</param>
    public UInt128? KeyOf(SegmentPlan plan, ReadOnlySpan<char> text, bool recurs = false)
    {
        if ((text.Length < MinLength && !recurs) || plan.DependsOnFacts)
        {
            return null;
        }

        // A key for each plan, so that one pass over the text in place is enough.
        var planKey = KeyedTextHash.Of(key, MemoryMarshal.Cast<long, char>(new ReadOnlySpan<long>(in plan.Identity)));
        return KeyedTextHash.Of(MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(in planKey)), text);
    }

    public bool IsKnownClean(UInt128 textKey) => newer.ContainsKey(textKey) || older.ContainsKey(textKey);

    public void Remember(UInt128 textKey)
    {
        // Counted here: asking the dictionary takes all of its locks.
        if (newer.TryAdd(textKey, 0) && Interlocked.Increment(ref count) > Generation)
        {
            Volatile.Write(ref count, 0);
            older = Interlocked.Exchange(ref newer, new ConcurrentDictionary<UInt128, byte>());
        }
    }
}
