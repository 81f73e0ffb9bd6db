using System.CommandLine;
using System.Text.Json;
using EdgeFilter.Detection.Classifiers;
using EdgeFilter.Detection.Classifiers.Models;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>edgefilter classify</c>: JSON Lines <c>{"id","text"}</c> in, <c>{"id","scores":{label:p},"stage"}</c> out, in order.</summary>
internal static class ClassifyCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "The model's name, as 'models list' shows it.", Required = true };
        var threads = new Option<int>("--threads") { Description = "How many texts are scored at a time.", DefaultValueFactory = _ => 1 };
        var stage = new Option<string>("--stage")
        {
            Description = "all: the stages in turn, as policies ask them; each line says which one answered. screen, fast or full: that stage alone; full is the last one that the model has.",
            DefaultValueFactory = _ => AllStages,
        };
        stage.AcceptOnlyFromAmong([AllStages, .. Enum.GetValues<ClassifierStage>().Select(ClassifierStages.Word)]);
        threads.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 256)
            {
                result.AddError("--threads must be from 1 to 256.");
            }
        });
        var folder = ModelsFolder.Option();
        var command = new Command("classify", "Scores texts with a local model: JSON Lines {\"id\",\"text\"} in, {\"id\",\"scores\",\"stage\"} out.") { model, threads, stage, folder };
        command.SetAction(parsed => Run(
            parsed.GetValue(folder), parsed.GetRequiredValue(model), parsed.GetRequiredValue(stage), parsed.GetValue(threads), LineProgress.Watch(Console.OpenStandardInput(), out var progress), Console.OpenStandardOutput(), Console.Error, progress));
        return command;
    }

    /// <returns>0, or 2 for a model or a line that can't be used; the message on <paramref name="errors"/> never repeats a line.</returns>
    internal static int Run(DirectoryInfo? given, string model, string stage, int threads, Stream input, Stream output, TextWriter errors, LineProgress? progress = null)
    {
        if (ModelsFolder.Find(given, errors) is not { } folder || !ModelsFolder.TryReadKey(errors, out var key))
        {
            return ModelsFolder.BadUsage;
        }

        using var store = ModelStore.Open(folder, key, ModelRuntimeOptions.Unhurried);
        if (store.Find(model) is not { } classifier)
        {
            var refused = store.Models.FirstOrDefault(m => m.Name == model)?.Refused?.Message;
            errors.WriteLine(refused ?? $"There is no classifier of that name. There are: {string.Join(", ", store.Models.Where(m => store.Find(m.Name) is not null).Select(m => m.Name))}.");
            return ModelsFolder.BadUsage;
        }

        if (StageOf(classifier, stage) is not { } asked)
        {
            errors.WriteLine($"Model '{model}' has no stage of that name.");
            return ModelsFolder.BadUsage;
        }

        try
        {
            return new JsonLines(input, output, errors, threads, progress).Run((text, json) => Write(asked, text, json));
        }
        catch (Exception failed) when (failed is ClassifierException || (failed as AggregateException)?.InnerException is ClassifierException)
        {
            errors.WriteLine((failed.InnerException ?? failed).Message);
            return ModelsFolder.BadUsage;
        }
    }

    private const string AllStages = "all";

    private static ITextClassifier? StageOf(ITextClassifier classifier, string stage) => stage switch
    {
        AllStages => classifier,
        "screen" => classifier.Only(ClassifierStage.Screen),
        "fast" => classifier.Only(ClassifierStage.Fast),
        _ => classifier.Only(ClassifierStage.Full) ?? classifier.Only(ClassifierStage.Fast),
    };

    private static void Write(ITextClassifier classifier, string text, Utf8JsonWriter json)
    {
        var scores = new float[classifier.Labels.Count];
        var stage = ClassifierWindows.Score(classifier, text, scores);
        json.WriteStartObject("scores");
        for (var label = 0; label < scores.Length; label++)
        {
            json.WriteNumber(classifier.Labels[label], Math.Round(scores[label], 6));
        }

        json.WriteEndObject();
        json.WriteString("stage", ClassifierStages.Word(stage));
    }
}
