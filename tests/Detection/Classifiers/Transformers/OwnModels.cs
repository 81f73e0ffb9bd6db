using System.Text.Json;
using EdgeFilter.Detection.Classifiers.Models;
using EdgeFilter.Testing;

namespace EdgeFilter.Detection.Tests.Classifiers.Transformers;

/// <summary>The tiny models of models/make_models.py, copied so that a test may damage them, and what PyTorch says of texts.</summary>
internal sealed class OwnModels : IDisposable
{
    private static readonly string Source = Repository.PathOf("tests", "Detection", "Classifiers", "Transformers", "models");
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("edgefilter-own-models-");

    /// <param name="names">Which models to copy.</param>
    public OwnModels(params string[] names)
    {
        foreach (var name in names)
        {
            folder.CreateSubdirectory(name);
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Source, name)))
            {
                File.Copy(file, FileOf(name, Path.GetFileName(file)));
            }
        }
    }

    public static JsonElement Expected { get; } = JsonDocument.Parse(File.ReadAllText(Path.Combine(Source, "expected.json"))).RootElement;

    public static string[] Texts { get; } = [.. Expected.GetProperty("texts").EnumerateArray().Select(t => t.GetString()!)];

    public string Root => folder.FullName;

    public static float[][] Scores(string model) =>
        [.. Expected.GetProperty("scores").GetProperty(model).EnumerateArray().Select(row => row.EnumerateArray().Select(n => n.GetSingle()).ToArray())];

    public static int[][] Ids(string family) =>
        [.. Expected.GetProperty("ids").GetProperty(family).EnumerateArray().Select(row => row.EnumerateArray().Select(n => n.GetInt32()).ToArray())];

    public string FileOf(string model, string name) => Path.Combine(folder.FullName, model, name);

    public void Edit(string model, string name, string from, string to)
    {
        var text = File.ReadAllText(FileOf(model, name));
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(FileOf(model, name), text.Replace(from, to, StringComparison.Ordinal));
    }

    public ModelStore Open(ModelRuntimeOptions? options = null, ModelKey? key = null) => ModelStore.Open(folder.FullName, key, options);

    public void Dispose() => folder.Delete(recursive: true);
}
