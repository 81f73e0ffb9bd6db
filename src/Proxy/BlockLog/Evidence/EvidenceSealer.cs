using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Decisions;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>
/// Seals texts to the security team's public key, where policies ask for it. Whoever has the proxy, its log and its memory afterwards
/// still can't open them. Thread-safe.
/// </summary>
internal sealed class EvidenceSealer
{
    /// <summary>The longest piece of a text that is kept, in UTF-16 code units; of longer texts, what surrounds the first finding.</summary>
    public const int MaxLength = 16_384;

    private const int Before = 2_048;
    private readonly ECParameters _recipient;

    private EvidenceSealer(ECParameters recipient, string keyId)
    {
        _recipient = recipient;
        KeyId = keyId;
    }

    /// <summary>Seals nothing: no key is configured.</summary>
    public static EvidenceSealer Off { get; } = new(default, "");

    public bool IsOn => KeyId.Length > 0;

    public string KeyId { get; }

    /// <summary>With the public key of a PEM file; <see cref="Off"/> without a path.</summary>
    /// <exception cref="InvalidDataException">The file holds no public P-256 key, or a private one.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static EvidenceSealer Load(string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            return Off;
        }

        var name = Path.GetFileName(path);
        var pem = Encoding.ASCII.GetString(KeyFile.TryRead(path) ?? throw new FileNotFoundException($"BlockLog:EvidenceKey: there is no file {name}."));
        if (pem.Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            throw new InvalidDataException(
                $"BlockLog:EvidenceKey: {name} holds a private key. The proxy must not have it: give it the .pub file, and keep the other away from this machine.");
        }

        using var key = ECDiffieHellman.Create();
        try
        {
            key.ImportFromPem(pem);
        }
        catch (Exception problem) when (problem is ArgumentException or CryptographicException)
        {
            throw NoKey(name);
        }

        return EvidenceFormat.IsP256(key) ? new EvidenceSealer(key.ExportParameters(false), EvidenceFormat.IdOf(key)) : throw NoKey(name);
    }

    /// <summary>Where the first finding of some hits begins; 0 without findings.</summary>
    public static int FirstOf(IEnumerable<RuleHit> hits) =>
        hits.SelectMany(h => h.Findings).Select(f => f.Span.Start).DefaultIfEmpty().Min();

    /// <summary>Seals a text, or of a long one the piece around a place.</summary>
    /// <param name="text">Where something was found.</param>
    /// <param name="textStart">Where the text begins in its segment, in UTF-16 code units.</param>
    /// <param name="firstFinding">The first finding's start in the segment; 0 when there is none.</param>
    /// <param name="requestId">The request that the record will name.</param>
    /// <param name="path">Where the segment stands.</param>
    /// <param name="role">Who speaks in it.</param>
    public SealedEvidence Seal(ReadOnlySpan<char> text, int textStart, int firstFinding, string requestId, string path, SegmentRole role)
    {
        var from = text.Length <= MaxLength ? 0 : Math.Clamp(firstFinding - textStart - Before, 0, text.Length - MaxLength);
        var plain = Plaintext(text.Slice(from, Math.Min(text.Length - from, MaxLength)), textStart + from);
        try
        {
            return new SealedEvidence { Key = KeyId, Path = path, Role = role, Sealed = Encrypt(plain, requestId) };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private byte[] Encrypt(byte[] plain, string requestId)
    {
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var recipient = ECDiffieHellman.Create(_recipient);
        using var recipientKey = recipient.PublicKey;
        var point = EvidenceFormat.PointOf(ephemeral);
        var output = new byte[EvidenceFormat.HeaderLength + plain.Length + EvidenceFormat.TagLength];
        output[0] = EvidenceFormat.Version;
        point.CopyTo(output, 1);
        var secret = ephemeral.DeriveRawSecretAgreement(recipientKey);
        EvidenceFormat.WithKey(secret, point, KeyId, requestId, (cipher, nonce) => cipher.Encrypt(
            nonce, plain, output.AsSpan(EvidenceFormat.HeaderLength, plain.Length), output.AsSpan(EvidenceFormat.HeaderLength + plain.Length)));
        CryptographicOperations.ZeroMemory(secret);
        return output;
    }

    private static byte[] Plaintext(ReadOnlySpan<char> text, int start)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("start", start);
            json.WriteString("text", text);
            json.WriteEndObject();
        }

        var padded = new byte[(buffer.Length + EvidenceFormat.PadTo - 1) / EvidenceFormat.PadTo * EvidenceFormat.PadTo];
        padded.AsSpan().Fill((byte)' ');
        var written = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        written.CopyTo(padded);
        CryptographicOperations.ZeroMemory(written);
        return padded;
    }

    private static InvalidDataException NoKey(string name) => new($"BlockLog:EvidenceKey: {name} holds no public key on P-256 in PEM; 'edgefilter keys evidence' makes a pair.");
}
