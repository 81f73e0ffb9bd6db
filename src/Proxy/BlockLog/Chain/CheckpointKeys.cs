using System.Security.Cryptography;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>The public keys that a log's checkpoints are checked with: today's, and those before a rotation.</summary>
internal sealed class CheckpointKeys : IDisposable
{
    private readonly Dictionary<string, ECDsa> _keys = new(StringComparer.Ordinal);

    public int Count => _keys.Count;

    /// <summary>Short id of a key: the first eight bytes of SHA-256 over its public half.</summary>
    public static string IdOf(ECDsa key) =>
        Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 8));

    /// <summary>Every <c>*.pub</c> file of a key folder.</summary>
    public static CheckpointKeys FromFolder(string folder)
    {
        var keys = new CheckpointKeys();
        if (Directory.Exists(folder))
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*.pub").Order(StringComparer.Ordinal))
            {
                keys.AddFile(path);
            }
        }

        return keys;
    }

    /// <exception cref="IOException">The file can't be read or holds no ECDSA public key in PEM.</exception>
    public void AddFile(string path)
    {
        var pem = KeyFile.TryRead(path) ?? throw new IOException($"The key file {Path.GetFileName(path)} does not exist.");
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(System.Text.Encoding.ASCII.GetString(pem));
        }
        catch (Exception problem) when (problem is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new IOException($"The key file {Path.GetFileName(path)} holds no ECDSA public key in PEM.");
        }

        if (!_keys.TryAdd(IdOf(key), key))
        {
            key.Dispose();
        }
    }

    /// <summary>True when the key that the checkpoint names is among these.</summary>
    public bool Knows(Checkpoint checkpoint) => _keys.ContainsKey(checkpoint.KeyId);

    /// <summary>True when one of these keys signed the checkpoint.</summary>
    public bool Verify(Checkpoint checkpoint) =>
        _keys.TryGetValue(checkpoint.KeyId, out var key)
        && key.VerifyData(
            Checkpoint.Statement(checkpoint.Kind, checkpoint.LogId, checkpoint.Sequence, checkpoint.Time, checkpoint.Link),
            checkpoint.Signature,
            HashAlgorithmName.SHA256);

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }
}
