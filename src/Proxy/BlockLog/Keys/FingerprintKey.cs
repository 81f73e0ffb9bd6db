using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>
/// Makes keyed fingerprints of matched values: the same value gives the same fingerprint, and without the key a value can't be guessed
/// from it (a plain hash of a card number can: there are too few of them).
/// </summary>
internal sealed class FingerprintKey
{
    /// <summary>Environment variable that carries the key, base64, when no file should hold it.</summary>
    public const string Variable = "EDGEFILTER_FINGERPRINT_KEY";

    public const string FileName = "fingerprint.key";
    private const int KeyLength = 32;
    private const int MacLength = 16;

    private readonly byte[] _key;

    public FingerprintKey(ReadOnlySpan<byte> key)
    {
        if (key.Length < KeyLength)
        {
            throw new ArgumentException($"A fingerprint key has at least {KeyLength} bytes.", nameof(key));
        }

        _key = key.ToArray();
        Id = Convert.ToHexStringLower(SHA256.HashData(_key).AsSpan(0, 4));
    }

    /// <summary>Tells keys apart after a rotation; says nothing of the key.</summary>
    public string Id { get; }

    /// <summary>The key from the environment, else from the folder, where the first start creates it.</summary>
    /// <exception cref="IOException">Neither can be read, or no key can be written.</exception>
    public static FingerprintKey Load(string folder)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } encoded)
        {
            var fromEnvironment = new byte[encoded.Length];
            return Convert.TryFromBase64String(encoded, fromEnvironment, out var length) && length >= KeyLength
                ? new FingerprintKey(fromEnvironment.AsSpan(0, length))
                : throw new IOException($"{Variable} must hold at least {KeyLength} bytes in base64.");
        }

        var path = Path.Combine(folder, FileName);
        var key = KeyFile.ReadOrCreate(path, () => RandomNumberGenerator.GetBytes(KeyLength));
        return key.Length >= KeyLength
            ? new FingerprintKey(key)
            : throw new IOException($"The key file {FileName} holds fewer than {KeyLength} bytes.");
    }

    /// <summary>A key for another purpose, which says nothing of this one.</summary>
    public byte[] Derive(ReadOnlySpan<byte> purpose)
    {
        var derived = new byte[KeyLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, derived, salt: [], info: purpose);
        return derived;
    }

    /// <summary>
    /// The fingerprint of a value. Spaces, hyphens and letter case don't count, so that one card or one tax number has one
    /// fingerprint however it was typed; the entity does, so that equal digits of different kinds stay apart.
    /// </summary>
    public string Of(string entity, ReadOnlySpan<char> value)
    {
        var letters = ArrayPool<char>.Shared.Rent(value.Length + 1);
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(value.Length + 1) + Encoding.UTF8.GetMaxByteCount(entity.Length));
        try
        {
            var count = 0;
            foreach (var c in value)
            {
                if (c is not (' ' or '-' or '\u00A0'))
                {
                    letters[count++] = char.ToUpperInvariant(c);
                }
            }

            var length = Encoding.UTF8.GetBytes(entity, bytes);
            bytes[length++] = 0;
            length += Encoding.UTF8.GetBytes(letters.AsSpan(0, count), bytes.AsSpan(length));

            Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
            HMACSHA256.HashData(_key, bytes.AsSpan(0, length), mac);
            return $"{Id}.{Convert.ToHexStringLower(mac[..MacLength])}";
        }
        finally
        {
            // What was found must not stay behind in a shared buffer.
            ArrayPool<char>.Shared.Return(letters, clearArray: true);
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }

    public override string ToString() => $"fingerprint key {Id}";
}
