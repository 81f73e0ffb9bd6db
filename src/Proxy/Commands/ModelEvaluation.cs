using System.CommandLine;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using EdgeFilter.Detection.Classifiers;
using EdgeFilter.Detection.Classifiers.Evaluation;
using EdgeFilter.Detection.Classifiers.Models;

namespace EdgeFilter.Proxy.Commands;

/// <summary>
/// <c>edgefilter models evaluate</c>: a model's figures on a labelled file, per label, and for each label per source and language.
/// Rows are JSON Lines with <c>text</c>, <c>label</c> or <c>labels</c>, and where known <c>source</c>, <c>lang</c> and <c>known</c>
/// (labels whose absence means "no"; all, where it is missing). The rows' texts are not kept.
/// </summary>
internal static class ModelEvaluation
{
    private static readonly string[] BarNames = ["strict", "balanced", "permissive"];

    public static Command Create(Option<DirectoryInfo?> folder, Option<bool> json)
    {
        var model = new Option<string>("--model") { Description = "The model's name.", Required = true };
        var data = new Option<FileInfo>("--data") { Description = "JSON Lines of labelled texts; .gz is unpacked.", Required = true };
        var plot = new Option<DirectoryInfo?>("--plot") { Description = "Writes a reliability plot for each label into this folder, as SVG." };
        var command = new Command("evaluate", "Measures a model on labelled texts: AUROC, AUPRC, F1, false alarms, calibration.") { model, data, plot, folder, json };
        command.SetAction(parsed => Run(
            parsed.GetValue(folder), parsed.GetRequiredValue(model), parsed.GetRequiredValue(data), parsed.GetValue(plot), parsed.GetValue(json), Console.Out, Console.Error));
        return command;
    }

    internal static int Run(DirectoryInfo? given, string model, FileInfo data, DirectoryInfo? plot, bool json, TextWriter output, TextWriter errors)
    {
        if (ModelsFolder.Find(given, errors) is not { } folder || !ModelsFolder.TryReadKey(errors, out var key))
        {
            return ModelsFolder.BadUsage;
        }

        using var store = ModelStore.Open(folder, key, ModelRuntimeOptions.Unhurried);
        if (store.Find(model) is not { } classifier)
        {
            errors.WriteLine(store.Models.FirstOrDefault(m => m.Name == model)?.Refused?.Message ?? "There is no classifier of that name. See: models list.");
            return ModelsFolder.BadUsage;
        }

        if (!data.Exists)
        {
            errors.WriteLine("The file that --data names does not exist.");
            return ModelsFolder.BadUsage;
        }

        var scored = classifier.Labels.Select(_ => new List<ScoredText>()).ToArray();
        try
        {
            ScoreAll(classifier, data, scored);
        }
        catch (Exception failed) when (failed is InvalidDataException or JsonException or ClassifierException or IOException)
        {
            errors.WriteLine(failed is JsonException ? "A line of --data is not a JSON object." : failed.Message);
            return ModelsFolder.BadUsage;
        }

        for (var label = 0; label < scored.Length; label++)
        {
            if (scored[label].Exists(t => t.IsPositive))
            {
                Report(classifier, classifier.Labels[label], scored[label], json, output);
                if (plot is not null)
                {
                    plot.Create();
                    var name = classifier.Labels[label].Replace('/', '-');
                    File.WriteAllText(Path.Combine(plot.FullName, name + ".svg"), ReliabilityPlot.Draw($"{model}, {name}", ClassifierMetrics.Of(scored[label])));
                }
            }
        }

        return ModelsFolder.Fine;
    }

    private static void ScoreAll(ITextClassifier classifier, FileInfo data, List<ScoredText>[] scored)
    {
        using var file = data.OpenRead();
        using Stream plain = data.Extension == ".gz" ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(plain);
        var scores = new float[classifier.Labels.Count];
        var number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0)
            {
                continue;
            }

            using var row = JsonDocument.Parse(line);
            if (row.RootElement.ValueKind != JsonValueKind.Object || Text(row.RootElement, "text") is not { } text)
            {
                throw new InvalidDataException($"Line {number} of --data has no \"text\".");
            }

            ClassifierWindows.Score(classifier, text, scores);
            var labels = Texts(row.RootElement, "labels") ?? [Text(row.RootElement, "label") ?? ""];
            var known = Texts(row.RootElement, "known");
            for (var label = 0; label < scores.Length; label++)
            {
                var isPositive = labels.Contains(classifier.Labels[label]);
                if (isPositive || known is null || known.Contains(classifier.Labels[label]))
                {
                    scored[label].Add(new ScoredText(scores[label], isPositive, Text(row.RootElement, "source") ?? "", Text(row.RootElement, "lang") ?? ""));
                }
            }
        }
    }

    private static void Report(ITextClassifier classifier, string label, List<ScoredText> texts, bool json, TextWriter output)
    {
        Line(label, "all", "", texts);
        foreach (var group in texts.GroupBy(t => t.Source).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            Line(label, "source", group.Key, [.. group]);
        }

        foreach (var group in texts.GroupBy(t => t.Language).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            Line(label, "language", group.Key, [.. group]);
        }

        void Line(string label, string by, string name, List<ScoredText> part)
        {
            var metrics = ClassifierMetrics.Of(part);
            var bars = BarNames
                .Select(n => (Name: n, At: classifier.NamedThreshold(label, n)))
                .Where(n => n.At is not null)
                .ToDictionary(n => n.Name, n => ClassifierMetrics.At(n.At!.Value, part));
            output.WriteLine(json ? Json(label, by, name, metrics, bars) : Table(label, by, name, metrics, bars));
        }
    }

    private static string Table(string label, string by, string name, ClassifierMetrics metrics, Dictionary<string, BarMetrics> bars) =>
        string.Create(CultureInfo.InvariantCulture, $"{label,-14} {by,-8} {(name.Length > 40 ? name[..40] : name),-40} +{metrics.Positives,-6} -{metrics.Negatives,-6} AUROC {metrics.Auroc:0.000} AUPRC {metrics.Auprc:0.000} ECE {metrics.CalibrationError:0.000}")
        + string.Concat(bars.Select(b => string.Create(CultureInfo.InvariantCulture, $"  {b.Key} {b.Value.Bar:0.00}: F1 {b.Value.F1:0.000} caught {b.Value.Recall:0.000} false alarms {b.Value.FalseAlarms:0.0000}")));

    private static string Json(string label, string by, string name, ClassifierMetrics metrics, Dictionary<string, BarMetrics> bars) => JsonSerializer.Serialize(new
    {
        label,
        by,
        name,
        positives = metrics.Positives,
        negatives = metrics.Negatives,
        auroc = Defined(metrics.Auroc),
        auprc = Defined(metrics.Auprc),
        calibrationError = Defined(metrics.CalibrationError),
        bars = bars.ToDictionary(b => b.Key, b => new
        {
            at = b.Value.Bar,
            precision = Defined(b.Value.Precision),
            recall = Defined(b.Value.Recall),
            f1 = Defined(b.Value.F1),
            falseAlarms = Defined(b.Value.FalseAlarms),
        }),
    });

    private static double? Defined(double value) => double.IsNaN(value) ? null : Math.Round(value, 6);

    private static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<string?>? Texts(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Where(v => v.ValueKind == JsonValueKind.String).Select(v => v.GetString())] : null;
}
