namespace EdgeFilter.Detection.Classifiers.Models.Transformers;

/// <summary>What a manifest adds to a Hugging Face folder.</summary>
internal sealed record HuggingFaceManifest
{
    public required string Version { get; init; }

    public required string Title { get; init; }

    public required string Licence { get; init; }

    /// <summary>Overrides what the configuration says.</summary>
    public ModelTask? Task { get; init; }

    /// <summary>Labels with thresholds; others have none.</summary>
    public required IReadOnlyList<ModelLabel> Labels { get; init; }

    public ModelWindow? Window { get; init; }

    /// <summary>The longest input, where it is to be shorter than the model allows.</summary>
    public int? MostTokens { get; init; }

    /// <summary>By label without its prefix: the entity that policies name.</summary>
    public required IReadOnlyDictionary<string, string> Entities { get; init; }

    /// <summary>All files with their digests, or none.</summary>
    public required IReadOnlyList<ModelFile> Files { get; init; }

    public required IReadOnlyList<string> TrainedOn { get; init; }

    /// <exception cref="ModelException">It is wrong.</exception>
    public static HuggingFaceManifest Read(string folder) => ManifestReader.Read(folder, Read);

    private static HuggingFaceManifest Read(string folder, ManifestSection root)
    {
        root.Only("model", "version", "title", "task", "licence", "labels", "entities", "window", "tokens", "files", "trained-on", "evaluated-on");
        if (root.Text("model") is var name && name != folder)
        {
            throw root.Wrong($"model is '{name}' but its folder is '{folder}'; they must be the same");
        }

        return new HuggingFaceManifest
        {
            Version = root.Text("version"),
            Title = root.Text("title"),
            Licence = root.Text("licence"),
            Task = root.Has("task") ? ManifestReader.Task(root) : null,
            Labels = root.Has("labels") ? [.. root.List("labels").Select(ManifestReader.Label)] : [],
            Window = root.Has("window") ? ManifestReader.Window(root.Child("window")) : null,
            MostTokens = root.Has("tokens") ? root.Whole("tokens", 16, 8192) : null,
            Entities = root.Has("entities") ? Names(root.Child("entities")) : new Dictionary<string, string>(),
            Files = root.Has("files") ? [.. root.List("files").Select(ManifestReader.FileEntry)] : [],
            TrainedOn = [.. root.Texts("trained-on")],
        };
    }

    private static Dictionary<string, string> Names(ManifestSection section) =>
        section.Keys.ToDictionary(k => k, section.Text, StringComparer.OrdinalIgnoreCase);
}
