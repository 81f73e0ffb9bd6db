using EdgeFilter.Detection.Classifiers.Models.Transformers;
using EdgeFilter.Detection.Classifiers.Names;

namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>
/// The models of a folder, one sub-folder each: verified, loaded and warmed up. A model that is refused is listed with its fault;
/// a policy that needs it must be refused too. Safe for concurrent use; disposed, it lets running calls finish.
/// </summary>
public sealed class ModelStore : IClassifierSource, IDisposable
{
    private readonly Dictionary<string, ITextClassifier> classifiers = new(StringComparer.Ordinal);

    private readonly List<IDetectorFamily> families = [];

    private readonly ModelRuntimeOptions options;

    private ModelStore(string folder, ModelRuntimeOptions options)
    {
        Folder = folder;
        this.options = options;
        Governor = new ModelGovernor(options);
    }

    public static ModelStore Empty { get; } = new("", ModelRuntimeOptions.Default);

    public string Folder { get; }

    /// <summary>Says how much of the models the machine can afford at the moment.</summary>
    public ModelGovernor Governor { get; }

    /// <summary>Every model of the folder, ordered by name, refused ones included.</summary>
    public IReadOnlyList<ModelEntry> Models { get; private set; } = [];

    /// <summary>Opens all models of a folder. Never throws for a model's sake: see <see cref="ModelEntry.Refused"/>.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <param name="folder">The folder of models.</param>
    /// <param name="key">For those that are encrypted.</param>
    /// <param name="options">How Hugging Face models are run.</param>
    public static ModelStore Open(string folder, ModelKey? key = null, ModelRuntimeOptions? options = null)
    {
        var store = new ModelStore(folder, options ?? ModelRuntimeOptions.Default);
        store.Models = [.. Folders(folder).Select(f => store.Load(f, key))];
        store.Models = [.. store.Models.Select(store.Join)];
        return store;
    }

    /// <summary>Names of the classifiers that can be asked.</summary>
    public IEnumerable<string> Names => classifiers.Keys;

    /// <summary>The loaded classifier of a name; null when there is none, or when it was refused.</summary>
    public ITextClassifier? Find(string name) => classifiers.GetValueOrDefault(name);

    /// <inheritdoc />
    public string? RefusalOf(string nameOrEntity) => Models.FirstOrDefault(m => m.Refused is not null && (m.Name == nameOrEntity
        || (m.Manifest is { Task: ModelTask.Tokens } tokens && tokens.Labels.Any(l => l.Label == nameOrEntity))))?.Refused?.Message;

    /// <summary>
    /// The detectors that token models bring: names of persons, places and organisations. Their recognisers throw
    /// <see cref="ClassifierException"/> when the model can't answer, and once this store is disposed.
    /// </summary>
    public IReadOnlyList<IDetectorFamily> Families => families;

    /// <summary>Checks the files of every model of a folder without loading any.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IReadOnlyList<ModelEntry> Verify(string folder, ModelKey? key = null) => [.. Folders(folder).Select(f => Check(f, key, out _))];

    /// <summary>
    /// Encrypts the files of a model in place and verifies the result before the plain ones are deleted. Files that are encrypted
    /// already are left alone.
    /// </summary>
    /// <exception cref="ModelException">The model is not as its manifest says.</exception>
    /// <exception cref="IOException">A file can't be written.</exception>
    public static void Encrypt(string folder, string model, ModelKey key)
    {
        var path = Path.Combine(folder, model);
        var manifest = HuggingFaceFolder.IsAt(path) ? HuggingFaceFolder.Open(path, key).Manifest : ManifestReader.Read(path);
        foreach (var file in manifest.Files.Where(f => !ModelFiles.IsEncrypted(path, f)))
        {
            var plain = ModelFiles.Read(path, manifest, file, key);
            var target = Path.Combine(path, file.Name + EncryptedFile.Extension);
            var partial = target + ".part";
            File.WriteAllBytes(partial, EncryptedFile.Encrypt(plain, file.Name, key));
            File.Move(partial, target);
            ModelFiles.Read(path, manifest, file, key);
            File.Delete(Path.Combine(path, file.Name));
        }
    }

    public void Dispose()
    {
        foreach (var classifier in classifiers.Values)
        {
            (classifier as IDisposable)?.Dispose();
        }

        foreach (var family in families.OfType<IDisposable>())
        {
            family.Dispose();
        }
    }

    private static IEnumerable<string> Folders(string folder) =>
        Directory.EnumerateDirectories(folder).Where(f => !Path.GetFileName(f).StartsWith('.')).Order(StringComparer.Ordinal);

    private static ModelEntry Check(string folder, ModelKey? key, out Dictionary<string, byte[]> files)
    {
        files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var name = Path.GetFileName(folder);
        ModelManifest? manifest = null;
        try
        {
            if (HuggingFaceFolder.IsAt(folder))
            {
                var opened = HuggingFaceFolder.Open(folder, key);
                return new ModelEntry(name, opened.Manifest, opened.IsEncrypted, null);
            }

            manifest = ManifestReader.Read(folder);
            foreach (var file in manifest.Files)
            {
                files[file.Name] = ModelFiles.Read(folder, manifest, file, key);
            }

            return new ModelEntry(name, manifest, manifest.Files.Any(f => ModelFiles.IsEncrypted(folder, f)), null);
        }
        catch (ModelException refused)
        {
            return new ModelEntry(name, manifest, false, refused);
        }
    }

    private ModelEntry Load(string folder, ModelKey? key)
    {
        if (HuggingFaceFolder.IsAt(folder))
        {
            return LoadTransformer(folder, key);
        }

        var entry = Check(folder, key, out var files);
        if (entry.Refused is not null)
        {
            return entry;
        }

        try
        {
            if (entry.Manifest!.Task == ModelTask.Tokens)
            {
                families.Add(new NameFamily(new NameModel(entry.Manifest, files[ManifestReader.OnnxFile])));
            }
            else
            {
                classifiers.Add(entry.Name, new HashedClassifier(entry.Manifest, files));
            }

            return entry;
        }
        catch (ModelException refused)
        {
            return entry with { Refused = refused };
        }
    }

    private ModelEntry LoadTransformer(string folder, ModelKey? key)
    {
        ModelManifest? manifest = null;
        try
        {
            var opened = HuggingFaceFolder.Open(folder, key);
            manifest = opened.Manifest;
            var model = new TransformerModel(opened, Governor, options);
            if (manifest.Task == ModelTask.Tokens)
            {
                families.Add(new EntityFamily(model, opened.Entities, options));
            }
            else
            {
                classifiers.Add(manifest.Model, new TransformerClassifier(model, manifest, options));
            }

            return new ModelEntry(manifest.Model, manifest, opened.IsEncrypted, null);
        }
        catch (ModelException refused)
        {
            return new ModelEntry(Path.GetFileName(folder), manifest, false, refused);
        }
    }

    /// <summary>Gives a model the larger one that its manifest names. Without it the model is not the one that was measured: it is refused.</summary>
    private ModelEntry Join(ModelEntry entry)
    {
        if (entry.Refused is not null || entry.Manifest!.Stages.Full is not { } stage || !classifiers.TryGetValue(entry.Name, out var first))
        {
            return entry;
        }

        var other = Models.FirstOrDefault(m => m.Name == stage.Model);
        if (Problem() is { } problem)
        {
            classifiers.Remove(entry.Name);
            (first as IDisposable)?.Dispose();
            return entry with
            {
                Refused = new ModelException(entry.Name, ModelFault.Unusable, $"Model '{entry.Name}' can't be used: its full stage, '{stage.Model}' {stage.Version}, {problem}."),
            };
        }

        var full = classifiers[stage.Model];
        classifiers[entry.Name] = new CascadeClassifier(first, full is TransformerClassifier ? full : new GovernedClassifier(full, Governor, options.Deadline), stage, Governor);
        return entry;

        string? Problem() =>
            other is null ? "is not installed: restore its folder beside this one"
            : other.Refused is not null ? "was refused: see what is said about it"
            : other.Manifest!.Version != stage.Version ? $"is installed as {other.Manifest.Version}: install the version that the bands were chosen for"
            : other.Manifest.Stages.Full is not null || other.Name == entry.Name ? "has a full stage of its own: a cascade ends with one"
            : !classifiers.TryGetValue(stage.Model, out var larger) || stage.Bands.Keys.Any(label => !larger.Labels.Contains(label)) ? "does not score every label that has a band"
            : null;
    }
}
