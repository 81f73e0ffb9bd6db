using System.Security.Cryptography;
using System.Text;

namespace EdgeFilter.Policies.Filtering;

/// <summary>A keyed hash of matched values: the same value gives the same hash, and nobody without the key can test a guess.</summary>
public interface IValueHasher
{
    /// <summary>Hashes what a value says, not how it is written: case, spaces and punctuation do not count.</summary>
    /// <param name="value">The matched text.</param>
    /// <param name="mac">Receives 32 bytes.</param>
    void Hash(ReadOnlySpan<char> value, Span<byte> mac);
}

/// <summary>HMAC-SHA-256.</summary>
public sealed class HmacValueHasher : IValueHasher
{
    private const int MaxStack = 512;

    // Taking in the key costs more than a value does: each thread keeps one that has it.
    [ThreadStatic]
    private static Keyed? keyed;

    private readonly byte[] key;

    /// <param name="key">At least 16 bytes; 32 are usual.</param>
    public HmacValueHasher(ReadOnlySpan<byte> key)
    {
        if (key.Length < 16)
        {
            throw new ArgumentException("A hashing key has at least 16 bytes.", nameof(key));
        }

        this.key = key.ToArray();
    }

    /// <summary>A key that is forgotten when the process ends: for command lines and tests.</summary>
    public static HmacValueHasher Ephemeral() => new(RandomNumberGenerator.GetBytes(32));

    public void Hash(ReadOnlySpan<char> value, Span<byte> mac)
    {
        Span<char> stack = stackalloc char[MaxStack];
        var text = value.Length <= MaxStack ? stack : new char[value.Length];
        var length = 0;
        foreach (var c in value)
        {
            if (char.IsLetterOrDigit(c))
            {
                text[length++] = char.ToUpperInvariant(c);
            }
        }

        // A value of punctuation alone still has an identity.
        var canonical = length > 0 ? text[..length] : value;
        Span<byte> bytes = stackalloc byte[MaxStack * 3];
        var utf8 = canonical.Length <= MaxStack ? bytes : new byte[Encoding.UTF8.GetMaxByteCount(canonical.Length)];
        var count = Encoding.UTF8.GetBytes(canonical, utf8);
        var hash = keyed?.Key == key ? keyed.Hash : (keyed = new Keyed(key, IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key))).Hash;
        hash.AppendData(utf8[..count]);
        hash.GetHashAndReset(mac);
        text.Clear();
        utf8[..count].Clear();
    }

    private sealed record Keyed(byte[] Key, IncrementalHash Hash);
}
