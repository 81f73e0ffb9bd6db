using System.Security.Cryptography;
using EdgeFilter.Testing;

namespace EdgeFilter.Detection.Tests.Classifiers;

/// <summary>A folder of its own with a copy of the shipped prompt-attack model, to be damaged.</summary>
internal sealed class ModelFolder : IDisposable
{
    public const string Name = "prompt-attack";
    public const string Onnx = "model.onnx";
    public const string Table = "table.bin";
    public const string Screen = "screen.bin";

    public ModelFolder()
    {
        Path = Directory.CreateTempSubdirectory("edgefilter-models-").FullName;
        Directory.CreateDirectory(System.IO.Path.Combine(Path, Name));
        foreach (var file in new[] { Onnx, Table, Screen, "manifest.yaml" })
        {
            File.Copy(System.IO.Path.Combine(Shipped, Name, file), FileOf(file));
        }
    }

    public static string Shipped { get; } = Repository.PathOf("models");

    public string Path { get; }

    public string FileOf(string file) => System.IO.Path.Combine(Path, Name, file);

    public void Change(string file, Action<byte[]> change)
    {
        var bytes = File.ReadAllBytes(FileOf(file));
        change(bytes);
        File.WriteAllBytes(FileOf(file), bytes);
    }

    /// <summary>Puts another file in the place of one, and its digest and size into the manifest.</summary>
    public void Replace(string file, byte[] bytes)
    {
        var old = File.ReadAllBytes(FileOf(file));
        File.WriteAllBytes(FileOf(file), bytes);
        ReplaceInManifest(Digest(old), Digest(bytes));
        ReplaceInManifest($"bytes: {old.Length}", $"bytes: {bytes.Length}");
    }

    public void ReplaceInManifest(string written, string instead)
    {
        var text = File.ReadAllText(FileOf("manifest.yaml"));
        if (!text.Contains(written, StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The manifest no longer says what this test replaces.");
        }

        File.WriteAllText(FileOf("manifest.yaml"), text.Replace(written, instead, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
