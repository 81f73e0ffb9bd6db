using System.Security.Cryptography;

namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>Reads a model's files once: what was verified is what is used.</summary>
internal static class ModelFiles
{
    /// <summary>What one array can hold, nearly; ONNX files end there too.</summary>
    private const long LargestFile = 2_000_000_000;

    /// <summary>The plain bytes of a file, decrypted where it is stored encrypted, with size and digest as the manifest says.</summary>
    /// <exception cref="ModelException">It is missing, changed, or can't be decrypted.</exception>
    public static byte[] Read(string folder, ModelManifest manifest, ModelFile file, ModelKey? key) => Read(folder, manifest.Model, file.Name, file, key);

    /// <summary>The plain bytes of a file, compared with a manifest's entry where there is one.</summary>
    /// <exception cref="ModelException">It is missing, changed, too large, or can't be decrypted.</exception>
    public static byte[] Read(string folder, string model, string name, ModelFile? file, ModelKey? key)
    {
        var bytes = ReadPlain(folder, model, name, file?.Bytes ?? LargestFile, key);
        if (file is not null && (bytes.Length != file.Bytes || !Convert.ToHexStringLower(SHA256.HashData(bytes)).Equals(file.Sha256, StringComparison.Ordinal)))
        {
            throw new ModelException(
                model,
                ModelFault.WrongDigest,
                $"{model}/{name} is not the file that its manifest describes ({bytes.Length} bytes, expected {file.Bytes}; SHA-256 compared). "
                + "It is truncated, replaced or tampered with: restore it from where the model came from.");
        }

        return bytes;
    }

    /// <summary>True when the folder holds the file encrypted.</summary>
    public static bool IsEncrypted(string folder, ModelFile file) => IsEncrypted(folder, file.Name);

    public static bool IsEncrypted(string folder, string name) => File.Exists(Path.Combine(folder, name + EncryptedFile.Extension));

    private static byte[] ReadPlain(string folder, string model, string name, long most, ModelKey? key)
    {
        if (IsEncrypted(folder, name))
        {
            var stored = ReadBounded(folder, model, name + EncryptedFile.Extension, most + EncryptedFile.Overhead);
            return EncryptedFile.Decrypt(
                stored,
                name,
                key ?? throw new ModelException(
                    model,
                    ModelFault.NoKey,
                    $"{model}/{name} is encrypted and no key was given. Set {ModelKey.EnvironmentVariable}, {ModelKey.FileEnvironmentVariable} or {ModelKey.CommandEnvironmentVariable}."))
                ?? throw new ModelException(
                    model,
                    ModelFault.WrongKey,
                    $"{model}/{name} can't be decrypted: the key is another one, or the file was changed. Check {ModelKey.EnvironmentVariable} and {ModelKey.FileEnvironmentVariable}, or restore the file.");
        }

        return ReadBounded(folder, model, name, most);
    }

    private static byte[] ReadBounded(string folder, string model, string name, long most)
    {
        var path = new FileInfo(Path.Combine(folder, name));
        if (!path.Exists)
        {
            throw new ModelException(model, ModelFault.MissingFile, $"{model}/{name} is missing. Restore it from where the model came from.");
        }

        try
        {
            using var stream = path.OpenRead();

            // One byte more than that is enough to know that the file is another one; a huge one is never read whole.
            var bytes = new byte[Math.Min(stream.Length, most + 1)];
            stream.ReadExactly(bytes);
            return bytes.Length <= LargestFile
                ? bytes
                : throw new ModelException(model, ModelFault.Unusable, $"{model}/{name} is larger than {LargestFile} bytes. Use a smaller model, or one whose weights were made int8 or fp16.");
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(model, ModelFault.MissingFile, $"{model}/{name} can't be read. Check the file's permissions.", failed);
        }
    }
}
