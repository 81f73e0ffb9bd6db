using System.Security.Cryptography;

namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>The key that model files are encrypted with at rest: 32 bytes, written as base64 or hexadecimal.</summary>
public sealed class ModelKey : IDisposable
{
    /// <summary>Holds the key itself.</summary>
    public const string EnvironmentVariable = "EDGEFILTER_MODEL_KEY";

    /// <summary>Names a file that holds the key.</summary>
    public const string FileEnvironmentVariable = "EDGEFILTER_MODEL_KEY_FILE";

    /// <summary>A command line that writes the key to standard output.</summary>
    public const string CommandEnvironmentVariable = "EDGEFILTER_MODEL_KEY_COMMAND";

    private readonly byte[] bytes;

    private ModelKey(byte[] bytes)
    {
        this.bytes = bytes;
    }

    internal ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>The key that the environment names, or null when it names none.</summary>
    /// <exception cref="FormatException">What it names is not a key.</exception>
    /// <exception cref="IOException">The key's file can't be read, or its command fails.</exception>
    public static ModelKey? FromEnvironment()
    {
        if (Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 } written)
        {
            return Parse(written);
        }

        if (Environment.GetEnvironmentVariable(FileEnvironmentVariable) is { Length: > 0 } path)
        {
            return Parse(File.ReadAllText(path));
        }

        return Environment.GetEnvironmentVariable(CommandEnvironmentVariable) is { Length: > 0 } command ? Parse(ModelKeyCommand.Run(command)) : null;
    }

    /// <param name="written">64 hexadecimal digits, or the base64 of 32 bytes; white space around it is ignored.</param>
    /// <exception cref="FormatException">It is neither. The message does not repeat it.</exception>
    public static ModelKey Parse(string written)
    {
        var text = written.Trim();
        var key = new byte[32];
        var done = text.Length == 64
            ? Convert.FromHexString(text, key, out _, out var length) == System.Buffers.OperationStatus.Done
            : Convert.TryFromBase64String(text, key, out length);
        return done && length == key.Length
            ? new ModelKey(key)
            : throw new FormatException("A model key is 32 random bytes, written as 64 hexadecimal digits or as base64. Make one with: openssl rand -hex 32");
    }

    public static ModelKey Random() => new(RandomNumberGenerator.GetBytes(32));

    public void Dispose() => CryptographicOperations.ZeroMemory(bytes);
}
