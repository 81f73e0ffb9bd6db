using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace EdgeFilter.Detection.Classifiers.Models.Transformers;

/// <summary>
/// Answers by a keyed hash of their text: the key is made at the start and never leaves the process, so that nothing in memory tells
/// a text that was judged. Holds between half and all of its entries, those used last. Safe for concurrent use.
/// </summary>
internal sealed class AnswerCache<T>
    where T : class
{
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private readonly int half;
    private readonly Lock turning = new();
    private volatile ConcurrentDictionary<UInt128, T> young = new();
    private volatile ConcurrentDictionary<UInt128, T> old = new();

    /// <param name="entries">The most answers; 0 to remember none.</param>
    public AnswerCache(int entries)
    {
        half = entries / 2;
    }

    /// <summary>The name under which a text's answer is kept.</summary>
    public UInt128 Name(ReadOnlySpan<char> text)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, MemoryMarshal.AsBytes(text), hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }

    public T? Find(UInt128 name)
    {
        if (young.TryGetValue(name, out var answer))
        {
            return answer;
        }

        if (!old.TryGetValue(name, out answer))
        {
            return null;
        }

        Add(name, answer);
        return answer;
    }

    public void Add(UInt128 name, T answer)
    {
        if (half == 0)
        {
            return;
        }

        young[name] = answer;
        if (young.Count > half)
        {
            lock (turning)
            {
                if (young.Count > half)
                {
                    old = young;
                    young = new ConcurrentDictionary<UInt128, T>();
                }
            }
        }
    }
}
