using System.Security.Cryptography;

namespace EdgeFilter.Detection.Classifiers.Models.Transformers;

/// <summary>
/// A model's folder as Hugging Face lays it out: <c>model.onnx</c>, <c>config.json</c> and <c>tokenizer.json</c>, and, where somebody
/// wrote one, a manifest that adds digests, thresholds and names.
/// </summary>
/// <param name="Manifest">What is known of the model; made up from the configuration where there is no manifest.</param>
/// <param name="Config">The configuration.</param>
/// <param name="Graph">The bytes of the ONNX file.</param>
/// <param name="TokenizerFile">The bytes of the tokenizer's file.</param>
/// <param name="MostTokens">The longest input.</param>
/// <param name="Entities">For a model that judges tokens: by label, the entity that policies name; empty for labels that count for nothing.</param>
/// <param name="IsEncrypted">True when any file is stored encrypted.</param>
internal sealed record HuggingFaceFolder(
    ModelManifest Manifest, TransformerConfig Config, byte[] Graph, byte[] TokenizerFile, int MostTokens, IReadOnlyDictionary<string, string> Entities, bool IsEncrypted)
{
    public const string ConfigFile = "config.json";
    public const string TokenizerFileName = "tokenizer.json";

    private const string Unknown = "unknown";

    /// <summary>Long enough for most inputs to be one window of tokens, short enough for a stream to be judged as it comes.</summary>
    private const int DefaultWindow = 1024;

    private static readonly string[] Needed = [ManifestReader.OnnxFile, ConfigFile, TokenizerFileName];

    /// <summary>True for a folder of this kind, also where one of its files is missing.</summary>
    public static bool IsAt(string folder) =>
        new[] { ConfigFile, TokenizerFileName }.Any(n => File.Exists(Path.Combine(folder, n)) || ModelFiles.IsEncrypted(folder, n));

    /// <exception cref="ModelException">A file is missing, changed, can't be decrypted or read.</exception>
    public static HuggingFaceFolder Open(string folder, ModelKey? key)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        var written = File.Exists(Path.Combine(folder, ManifestReader.FileName)) ? HuggingFaceManifest.Read(folder) : null;
        if (written is { Files.Count: > 0 } && Needed.FirstOrDefault(n => written.Files.All(f => f.Name != n)) is { } unlisted)
        {
            throw new ModelException(name, ModelFault.BadManifest, $"{name}/{ManifestReader.FileName}: files lists some files but not {unlisted}. List all of {string.Join(", ", Needed)}, or none.");
        }

        var bytes = Needed.ToDictionary(n => n, n => ModelFiles.Read(folder, name, n, written?.Files.FirstOrDefault(f => f.Name == n), key), StringComparer.Ordinal);
        foreach (var more in written?.Files.Where(f => !Needed.Contains(f.Name)) ?? [])
        {
            ModelFiles.Read(folder, name, more.Name, more, key);
        }

        var config = TransformerConfigReader.Read(name, bytes[ConfigFile]);
        config = config with { Task = written?.Task ?? config.Task };
        if (written?.Labels.FirstOrDefault(l => !config.Labels.Contains(l.Label)) is { } stranger)
        {
            throw new ModelException(name, ModelFault.BadManifest, $"{name}/{ManifestReader.FileName}: '{stranger.Label}' is no label of {ConfigFile}, which has {string.Join(", ", config.Labels)}.");
        }

        var manifest = new ModelManifest
        {
            Model = name,
            Version = written?.Version ?? Unknown,
            Title = written?.Title ?? config.Architecture,
            Task = config.Task,
            Licence = written?.Licence ?? Unknown,
            Labels = [.. config.Labels.Select(l => written?.Labels.FirstOrDefault(w => w.Label == l) ?? new ModelLabel(l, new Dictionary<string, NamedThreshold>()))],
            Input = new ModelInput(TokenizerFileName, "", 0, 1),
            Window = written?.Window ?? new ModelWindow(DefaultWindow, DefaultWindow / 8),
            Files = [.. Needed.Select(n => new ModelFile(n, Convert.ToHexStringLower(SHA256.HashData(bytes[n])), bytes[n].Length))],
            TrainedOn = written?.TrainedOn ?? [],
        };
        return new HuggingFaceFolder(
            manifest,
            config,
            bytes[ManifestReader.OnnxFile],
            bytes[TokenizerFileName],
            Math.Min(config.MostTokens, written?.MostTokens ?? config.MostTokens),
            EntityNames.Of(config.Labels, written?.Entities),
            Needed.Any(n => ModelFiles.IsEncrypted(folder, n)));
    }
}
