using System.Security.Cryptography;
using System.Text;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>
/// How evidence is sealed: an ephemeral key agrees on a secret with the security team's public key (ECDH over P-256), HKDF-SHA-256
/// (RFC 5869) makes of it the key and nonce of AES-256-GCM. Browsers open it with WebCrypto alone.
/// </summary>
/// <remarks>
/// sealed = 0x01 ‖ ephemeral point (65 bytes, uncompressed) ‖ ciphertext ‖ tag (16 bytes). The point is the salt; the info names the
/// purpose, the key and the request, so that a sealed text moved to another request's record can't be opened.
/// The plaintext is JSON, <c>{"start":…,"text":"…"}</c>, padded with spaces so that its length says little.
/// </remarks>
internal static class EvidenceFormat
{
    public const byte Version = 1;
    public const int PointLength = 65;
    public const int HeaderLength = 1 + PointLength;
    public const int TagLength = 16;
    public const int PadTo = 256;

    private const int KeyLength = 32;
    private const int NonceLength = 12;

    /// <summary>Derives key and nonce, and hands them to what needs them.</summary>
    public static void WithKey(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> point, string keyId, string requestId, Action<AesGcm, byte[]> use)
    {
        Span<byte> derived = stackalloc byte[KeyLength + NonceLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, derived, point, Info(keyId, requestId));
        using var cipher = new AesGcm(derived[..KeyLength], TagLength);
        use(cipher, derived[KeyLength..].ToArray());
        CryptographicOperations.ZeroMemory(derived);
    }

    /// <summary>Id of a key: the first eight bytes of SHA-256 over its public half.</summary>
    public static string IdOf(ECDiffieHellman key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 8));

    public static byte[] PointOf(ECDiffieHellman key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [0x04, .. point.X!, .. point.Y!];
    }

    /// <summary>True for a key on the one curve that is used here.</summary>
    public static bool IsP256(ECDiffieHellman key) => key.KeySize == 256 && key.ExportParameters(false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value;

    private static byte[] Info(string keyId, string requestId) => Encoding.UTF8.GetBytes($"edgefilter evidence/1\0{keyId}\0{requestId}");
}
