using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>A text that was opened again.</summary>
/// <param name="Start">Where it begins in its segment, in UTF-16 code units: findings count from the segment's beginning.</param>
/// <param name="Text">Content: for whoever holds the key, and for no log.</param>
internal sealed record OpenedEvidence(int Start, string Text)
{
    public override string ToString() => $"{Text.Length} characters from {Start}";
}

/// <summary>Opens sealed texts with the security team's private key, away from the proxy.</summary>
internal sealed class EvidenceOpener : IDisposable
{
    private readonly ECDiffieHellman _key;

    private EvidenceOpener(ECDiffieHellman key)
    {
        _key = key;
        KeyId = EvidenceFormat.IdOf(key);
    }

    public string KeyId { get; }

    /// <exception cref="InvalidDataException">The file holds no private P-256 key.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static EvidenceOpener Load(string path)
    {
        var pem = KeyFile.TryRead(path) ?? throw new FileNotFoundException($"There is no key file {path}.");
        var key = ECDiffieHellman.Create();
        try
        {
            key.ImportFromPem(Encoding.ASCII.GetString(pem));
            _ = key.ExportParameters(includePrivateParameters: true);
            if (EvidenceFormat.IsP256(key))
            {
                return new EvidenceOpener(key);
            }
        }
        catch (Exception problem) when (problem is ArgumentException or CryptographicException)
        {
            // Told below, without the key's words.
        }

        key.Dispose();
        throw new InvalidDataException($"{Path.GetFileName(path)} holds no private key on P-256 in PEM, as 'edgefilter keys evidence' makes it.");
    }

    /// <summary>The text; null when it was sealed to another key, belongs to another request or was altered.</summary>
    public OpenedEvidence? TryOpen(SealedEvidence evidence, string requestId)
    {
        var bytes = evidence.Sealed;
        if (bytes.Length < EvidenceFormat.HeaderLength + EvidenceFormat.TagLength || bytes[0] != EvidenceFormat.Version)
        {
            return null;
        }

        var point = bytes.AsSpan(1, EvidenceFormat.PointLength).ToArray();
        var plain = new byte[bytes.Length - EvidenceFormat.HeaderLength - EvidenceFormat.TagLength];
        try
        {
            using var ephemeral = ECDiffieHellman.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..33], Y = point[33..] },
            });
            using var ephemeralKey = ephemeral.PublicKey;
            EvidenceFormat.WithKey(_key.DeriveRawSecretAgreement(ephemeralKey), point, evidence.Key, requestId, (cipher, nonce) => cipher.Decrypt(
                nonce, bytes.AsSpan(EvidenceFormat.HeaderLength, plain.Length), bytes.AsSpan(EvidenceFormat.HeaderLength + plain.Length), plain));
            using var json = JsonDocument.Parse(plain);
            return new OpenedEvidence(json.RootElement.GetProperty("start").GetInt32(), json.RootElement.GetProperty("text").GetString() ?? "");
        }
        catch (Exception problem) when (problem is CryptographicException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    public void Dispose() => _key.Dispose();
}
