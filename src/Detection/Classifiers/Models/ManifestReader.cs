using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>Reads a manifest strictly: an unknown, repeated or missing key is an error that names its line.</summary>
internal static class ManifestReader
{
    public const string FileName = "manifest.yaml";

    private const long LargestManifest = 256 * 1024;

    private const int DeepestManifest = 12;

    private static readonly Dictionary<string, ModelTask> Tasks = new(StringComparer.Ordinal)
    {
        ["multi-label"] = ModelTask.MultiLabel,
        ["single-label"] = ModelTask.SingleLabel,
        ["tokens"] = ModelTask.Tokens,
    };

    /// <exception cref="ModelException">There is no manifest, or it is wrong.</exception>
    public static ModelManifest Read(string folder) => Read(folder, Manifest);

    /// <summary>Reads a manifest of any form.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="form">Makes something of the folder's name and the document.</param>
    /// <exception cref="ModelException">There is no manifest, or it is wrong.</exception>
    public static T Read<T>(string folder, Func<string, ManifestSection, T> form)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        var file = new FileInfo(Path.Combine(folder, FileName));
        if (!file.Exists)
        {
            throw new ModelException(name, ModelFault.NoManifest, $"Model '{name}' has no {FileName}. Restore it from where the model came from, or remove the folder.");
        }

        if (file.Length > LargestManifest)
        {
            throw Bad(name, 1, $"the manifest is larger than {LargestManifest} bytes");
        }

        try
        {
            var written = File.ReadAllText(file.FullName);
            RefuseDeepNesting(name, written);
            var yaml = new YamlStream();
            yaml.Load(new StringReader(written));
            if (yaml.Documents.Count != 1)
            {
                throw Bad(name, 1, "it must be one document");
            }

            return form(name, new ManifestSection(name, yaml.Documents[0].RootNode, "manifest"));
        }
        catch (YamlException wrong)
        {
            throw Bad(name, wrong.Start.Line, "it is not valid YAML");
        }
        catch (InvalidOperationException)
        {
            // Some invalid documents make the parser throw this instead, without a line.
            throw Bad(name, 1, "it is not valid YAML");
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(name, ModelFault.NoManifest, $"{name}/{FileName} can't be read. Check the file's permissions.", failed);
        }
    }

    /// <summary>The document is loaded recursively: a deep one would end the process.</summary>
    private static void RefuseDeepNesting(string name, string written)
    {
        var depth = 0;
        var parser = new Parser(new StringReader(written));
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > DeepestManifest)
            {
                throw Bad(name, parser.Current.Start.Line, "it is nested too deeply");
            }
        }
    }

    internal static ModelException Bad(string model, long line, string what) =>
        new(model, ModelFault.BadManifest, $"{model}/{FileName}:{line}: {what}. See docs/models.md for the keys of a manifest.");

    private static ModelManifest Manifest(string folder, ManifestSection root)
    {
        root.Only("model", "version", "title", "task", "licence", "labels", "input", "window", "files", "stages", "trained-on", "evaluated-on");
        var name = root.Text("model");
        if (name != folder)
        {
            throw root.Wrong($"model is '{name}' but its folder is '{folder}'; they must be the same");
        }

        var known = Task(root);
        var manifest = new ModelManifest
        {
            Model = name,
            Version = root.Text("version"),
            Title = root.Text("title"),
            Task = known,
            Licence = root.Text("licence"),
            Labels = [.. root.List("labels").Select(Label)],
            Input = Input(root.Child("input"), known),
            Window = Window(root.Child("window")),
            Files = [.. root.List("files").Select(FileEntry)],
            Stages = root.Has("stages") ? Stages(root.Child("stages")) : ModelStages.None,
            TrainedOn = [.. root.Texts("trained-on")],
        };
        if (manifest.Labels.Count == 0 || manifest.Labels.DistinctBy(l => l.Label).Count() != manifest.Labels.Count)
        {
            throw root.Wrong("labels must name at least one label, each once");
        }

        if (manifest.Files.All(f => f.Name != OnnxFile))
        {
            throw root.Wrong($"files must list {OnnxFile}");
        }

        if (manifest.Input.Sums is { } table && manifest.Files.All(f => f.Name != table))
        {
            throw root.Child("input").Wrong($"files must list '{table}'");
        }

        if (manifest.Stages.Screen is { } screen && (known == ModelTask.Tokens || manifest.Files.All(f => f.Name != screen.File)))
        {
            throw root.Child("stages").Wrong($"a screen is for models that score whole texts, and files must list '{screen.File}'");
        }

        if (manifest.Stages.Full is { } full && full.Bands.Keys.FirstOrDefault(b => manifest.Labels.All(l => l.Label != b)) is { } stranger)
        {
            throw root.Child("stages").Wrong($"'{stranger}' is no label of this model");
        }

        return manifest;
    }

    public const string OnnxFile = "model.onnx";

    internal static ModelTask Task(ManifestSection root) => Tasks.TryGetValue(root.Text("task"), out var known)
        ? known
        : throw root.Wrong($"task '{root.Text("task")}' is not one of {string.Join(", ", Tasks.Keys)}");

    internal static ModelLabel Label(ManifestSection section)
    {
        section.Only("label", "thresholds");
        var thresholds = new Dictionary<string, NamedThreshold>(StringComparer.Ordinal);
        if (section.Has("thresholds"))
        {
            var named = section.Child("thresholds");
            foreach (var name in named.Keys)
            {
                var threshold = named.Child(name);
                threshold.Only("at", "false-alarms");
                thresholds[name] = new NamedThreshold(threshold.Part("at"), threshold.Part("false-alarms"));
            }
        }

        return new ModelLabel(section.Text("label"), thresholds);
    }

    private static ModelInput Input(ManifestSection section, ModelTask task)
    {
        section.Only("features", "table", "half-bits", "block", "sums");
        var input = new ModelInput(
            section.Text("features"), section.Text("table"), section.Whole("half-bits", 8, 20), section.Has("block") ? section.Whole("block", 2, 64) : 1,
            section.Has("sums") ? section.Text("sums") : null);
        if (input.Sums is not null && (input.Block == 1 || task == ModelTask.Tokens))
        {
            throw section.Wrong("'sums' is for models that score whole texts in stretches, which 'block' describes");
        }

        var isKnown = task == ModelTask.Tokens
            ? input is { Features: "hashed-names", Table: "cased" }
            : ITextFeatures.Find(input.Features, input.Table, input.HalfBits) is not null;
        return isKnown ? input : throw section.Wrong(
            $"features '{input.Features}' with table '{input.Table}' are not known to this version for this task; "
            + "it knows hashed-tokens and hashed-characters with skeleton, lower or cased, and hashed-names with cased for tokens");
    }

    private static ModelStages Stages(ManifestSection section)
    {
        section.Only("screen", "full");
        return new ModelStages(
            section.Has("screen") ? Screen(section.Child("screen")) : null,
            section.Has("full") ? Full(section.Child("full")) : null);
    }

    private static ScreenStage Screen(ManifestSection section)
    {
        section.Only("file", "settles-below", "bars-from");
        return new ScreenStage(section.Text("file"), section.Part("settles-below"), section.Part("bars-from"));
    }

    private static FullStage Full(ManifestSection section)
    {
        section.Only("model", "version", "bands");
        var bands = new Dictionary<string, ScoreBand>(StringComparer.Ordinal);
        var written = section.Child("bands");
        foreach (var label in written.Keys)
        {
            var band = written.Child(label);
            band.Only("from", "to");
            bands[label] = new ScoreBand(band.Part("from"), band.Part("to"));
            if (bands[label].From > bands[label].To)
            {
                throw band.Wrong("'from' must not be above 'to'");
            }
        }

        return bands.Count > 0 ? new FullStage(section.Text("model"), section.Text("version"), bands) : throw written.Wrong("bands must name at least one label");
    }

    internal static ModelWindow Window(ManifestSection section)
    {
        section.Only("length", "overlap");
        var length = section.Whole("length", 64, 8192);
        return new ModelWindow(length, section.Whole("overlap", 0, length / 2));
    }

    internal static ModelFile FileEntry(ManifestSection section)
    {
        section.Only("name", "sha256", "bytes");
        var name = section.Text("name");
        if (name != Path.GetFileName(name) || name.StartsWith('.'))
        {
            throw section.Wrong("a file's name must not leave the model's folder");
        }

        var digest = section.Text("sha256");
        return digest.Length == 64 && digest.All(char.IsAsciiHexDigitLower)
            ? new ModelFile(name, digest, section.Whole("bytes", 1, int.MaxValue))
            : throw section.Wrong("sha256 must be 64 lower-case hexadecimal digits");
    }
}
