using System.Security.Cryptography;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Signs checkpoints with ECDSA P-256. Who can write the log's file but doesn't hold this key can't rewrite its past unseen.</summary>
internal sealed class CheckpointSigner : IDisposable
{
    public const string FileName = "signing.key";
    public const string PublicFileName = "signing.pub";

    private readonly ECDsa _key;

    private CheckpointSigner(ECDsa key)
    {
        _key = key;
        KeyId = CheckpointKeys.IdOf(key);
    }

    public string KeyId { get; }

    /// <summary>The key from the folder, where the first start creates it with its public half beside it.</summary>
    /// <exception cref="IOException">The key can't be read or written.</exception>
    public static CheckpointSigner Load(string folder)
    {
        var pem = KeyFile.ReadOrCreate(Path.Combine(folder, FileName), CreatePem);
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(System.Text.Encoding.ASCII.GetString(pem));
        }
        catch (Exception problem) when (problem is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new IOException($"The key file {FileName} holds no ECDSA private key in PEM.");
        }

        KeyFile.ReadOrCreate(
            Path.Combine(folder, PublicFileName), () => System.Text.Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem() + "\n"));
        return new CheckpointSigner(key);
    }

    public Checkpoint Sign(CheckpointKind kind, Guid logId, long sequence, DateTimeOffset time, byte[] link) => new()
    {
        Kind = kind,
        LogId = logId,
        Sequence = sequence,
        Time = time,
        Link = link,
        KeyId = KeyId,
        Signature = _key.SignData(Checkpoint.Statement(kind, logId, sequence, time, link), HashAlgorithmName.SHA256),
    };

    public void Dispose() => _key.Dispose();

    private static byte[] CreatePem()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n");
    }
}
