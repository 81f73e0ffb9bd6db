using System.Security.Cryptography;

namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>Reads a model's files once: what was verified is what is used.</summary>
internal static class ModelFiles
{
    /// <summary>The plain bytes of a file, decrypted where it is stored encrypted, with size and digest as the manifest says.</summary>
    /// <exception cref="ModelException">It is missing, changed, or can't be decrypted.</exception>
    public static byte[] Read(string folder, ModelManifest manifest, ModelFile file, ModelKey? key)
    {
        var bytes = ReadPlain(folder, manifest, file, key);
        if (bytes.Length != file.Bytes || !Convert.ToHexStringLower(SHA256.HashData(bytes)).Equals(file.Sha256, StringComparison.Ordinal))
        {
            throw new ModelException(
                manifest.Model,
                ModelFault.WrongDigest,
                $"{manifest.Model}/{file.Name} is not the file that its manifest describes ({bytes.Length} bytes, expected {file.Bytes}; SHA-256 compared). "
                + "It is truncated, replaced or tampered with: restore it from where the model came from.");
        }

        return bytes;
    }

    /// <summary>True when the folder holds the file encrypted.</summary>
    public static bool IsEncrypted(string folder, ModelFile file) => File.Exists(Path.Combine(folder, file.Name + EncryptedFile.Extension));

    private static byte[] ReadPlain(string folder, ModelManifest manifest, ModelFile file, ModelKey? key)
    {
        if (IsEncrypted(folder, file))
        {
            var stored = ReadBounded(folder, manifest, file.Name + EncryptedFile.Extension, file.Bytes + EncryptedFile.Overhead);
            return EncryptedFile.Decrypt(
                stored,
                file.Name,
                key ?? throw new ModelException(
                    manifest.Model,
                    ModelFault.NoKey,
                    $"{manifest.Model}/{file.Name} is encrypted and no key was given. Set {ModelKey.EnvironmentVariable} or {ModelKey.FileEnvironmentVariable}."))
                ?? throw new ModelException(
                    manifest.Model,
                    ModelFault.WrongKey,
                    $"{manifest.Model}/{file.Name} can't be decrypted: the key is another one, or the file was changed. Check {ModelKey.EnvironmentVariable} and {ModelKey.FileEnvironmentVariable}, or restore the file.");
        }

        return ReadBounded(folder, manifest, file.Name, file.Bytes);
    }

    private static byte[] ReadBounded(string folder, ModelManifest manifest, string name, long expected)
    {
        var path = new FileInfo(Path.Combine(folder, name));
        if (!path.Exists)
        {
            throw new ModelException(manifest.Model, ModelFault.MissingFile, $"{manifest.Model}/{name} is missing. Restore it from where the model came from.");
        }

        try
        {
            using var stream = path.OpenRead();

            // One byte more than expected is enough to know that the file is another one; a huge one is never read whole.
            var bytes = new byte[Math.Min(stream.Length, expected + 1)];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(manifest.Model, ModelFault.MissingFile, $"{manifest.Model}/{name} can't be read. Check the file's permissions.", failed);
        }
    }
}
