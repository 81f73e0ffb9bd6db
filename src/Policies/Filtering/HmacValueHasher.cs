using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text;

namespace EdgeFilter.Policies.Filtering;

/// <summary>HMAC-SHA-256.</summary>
/// <remarks>
/// A conversation sends its history with every turn, and its values with it: each thread remembers what it hashed lately, by a hash under
/// a key of its own. What is remembered says as little of a value as its fingerprint in the log.
/// </remarks>
public sealed class HmacValueHasher : IValueHasher
{
    /// <summary>Longer values are rare, and as dear to recognise as to hash.</summary>
    private const int Usual = 128;

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
        var mine = keyed?.Key == key ? keyed : keyed = new Keyed(key);
        if (value.Length > Usual)
        {
            Hash(mine.Hash, value, mac);
            return;
        }

        ref var recent = ref mine.SlotOf(value, out var name);
        if (recent.Name != name)
        {
            Hash(mine.Hash, value, mac);
            recent = new Recent(name, Vector256.Create<byte>(mac));
            return;
        }

        recent.Mac.CopyTo(mac);
    }

    private static void Hash(IncrementalHash hash, ReadOnlySpan<char> value, Span<byte> mac)
    {
        Span<char> stack = stackalloc char[Usual];
        var text = value.Length <= Usual ? stack : new char[value.Length];
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
        Span<byte> bytes = stackalloc byte[Usual * 3];
        var utf8 = canonical.Length <= Usual ? bytes : new byte[Encoding.UTF8.GetMaxByteCount(canonical.Length)];
        var count = Encoding.UTF8.GetBytes(canonical, utf8);
        hash.AppendData(utf8[..count]);
        hash.GetHashAndReset(mac);
        text.Clear();
        utf8[..count].Clear();
    }

    private sealed class Keyed(byte[] key)
    {
        private const int Slots = 512;

        private readonly Recent[] recent = new Recent[Slots];
        private readonly byte[] nameKey = RandomNumberGenerator.GetBytes(16);

        public byte[] Key => key;

        public IncrementalHash Hash { get; } = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);

        public ref Recent SlotOf(ReadOnlySpan<char> value, out UInt128 name)
        {
            name = KeyedTextHash.Of(nameKey, value);
            return ref recent[(int)(name & (Slots - 1))];
        }
    }

    private readonly record struct Recent(UInt128 Name, Vector256<byte> Mac);
}
