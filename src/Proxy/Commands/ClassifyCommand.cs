using System.CommandLine;
using System.Text;
using System.Text.Json;
using EdgeFilter.Detection.Classifiers;
using EdgeFilter.Detection.Classifiers.Models;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>edgefilter classify</c>: JSON Lines <c>{"id","text"}</c> in, <c>{"id","scores":{label:p}}</c> out, in order.</summary>
internal static class ClassifyCommand
{
    private const int BatchSize = 256;

    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "The model's name, as 'models list' shows it.", Required = true };
        var threads = new Option<int>("--threads") { Description = "How many texts are scored at a time.", DefaultValueFactory = _ => 1 };
        var stage = new Option<string>("--stage") { Description = "fast: the first model only. full: with the second stage, where the model has one.", DefaultValueFactory = _ => "full" };
        stage.AcceptOnlyFromAmong("fast", "full");
        threads.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 256)
            {
                result.AddError("--threads must be from 1 to 256.");
            }
        });
        var folder = ModelsFolder.Option();
        var command = new Command("classify", "Scores texts with a local model: JSON Lines {\"id\",\"text\"} in, {\"id\",\"scores\"} out.") { model, threads, stage, folder };
        command.SetAction(parsed => Run(
            parsed.GetValue(folder), parsed.GetRequiredValue(model), parsed.GetValue(threads), Console.OpenStandardInput(), Console.OpenStandardOutput(), Console.Error));
        return command;
    }

    /// <returns>0, or 2 for a model or a line that can't be used; the message on <paramref name="errors"/> never repeats a line.</returns>
    internal static int Run(DirectoryInfo? given, string model, int threads, Stream input, Stream output, TextWriter errors)
    {
        if (ModelsFolder.Find(given, errors) is not { } folder || !ModelsFolder.TryReadKey(errors, out var key))
        {
            return ModelsFolder.BadUsage;
        }

        using var store = ModelStore.Open(folder, key);
        if (store.Find(model) is not { } classifier)
        {
            var refused = store.Models.FirstOrDefault(m => m.Name == model)?.Refused?.Message;
            errors.WriteLine(refused ?? $"There is no classifier of that name. There are: {string.Join(", ", store.Models.Where(m => store.Find(m.Name) is not null).Select(m => m.Name))}.");
            return ModelsFolder.BadUsage;
        }

        using var reader = new StreamReader(input, new UTF8Encoding(false, throwOnInvalidBytes: true));
        try
        {
            return Score(classifier, threads, reader, output, errors);
        }
        catch (DecoderFallbackException)
        {
            errors.WriteLine("The input is not valid UTF-8.");
            return ModelsFolder.BadUsage;
        }
        catch (ClassifierException failed)
        {
            errors.WriteLine(failed.Message);
            return ModelsFolder.BadUsage;
        }
    }

    private static int Score(ITextClassifier classifier, int threads, StreamReader reader, Stream output, TextWriter errors)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = threads };
        var batch = new List<(JsonElement Id, string Text)>(BatchSize);
        var scores = new float[BatchSize][];
        long number = 0;
        while (true)
        {
            batch.Clear();
            var result = ModelsFolder.Fine;
            while (batch.Count < BatchSize && reader.ReadLine() is { } line)
            {
                number++;
                if (line.Length == 0)
                {
                    continue;
                }

                if (!TryParse(line, out var row))
                {
                    errors.WriteLine($"Line {number} is not a JSON object with \"id\" and a string \"text\".");
                    result = ModelsFolder.BadUsage;
                    break;
                }

                batch.Add(row);
            }

            Parallel.For(0, batch.Count, parallel, i =>
            {
                scores[i] ??= new float[classifier.Labels.Count];
                ClassifierWindows.Score(classifier, batch[i].Text, scores[i]);
            });
            for (var i = 0; i < batch.Count; i++)
            {
                Write(output, batch[i].Id, classifier.Labels, scores[i]);
            }

            if (result != ModelsFolder.Fine || batch.Count < BatchSize)
            {
                return result;
            }
        }
    }

    private static bool TryParse(string line, out (JsonElement Id, string Text) row)
    {
        row = default;
        try
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("id", out var id)
                || !document.RootElement.TryGetProperty("text", out var text)
                || text.ValueKind != JsonValueKind.String)
            {
                return false;
            }

            row = (id.Clone(), text.GetString()!);
            return true;
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with half a surrogate pair, which no text can hold.
            return false;
        }
    }

    private static void Write(Stream output, JsonElement id, IReadOnlyList<string> labels, float[] scores)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WritePropertyName("id");
            id.WriteTo(json);
            json.WriteStartObject("scores");
            for (var label = 0; label < labels.Count; label++)
            {
                json.WriteNumber(labels[label], Math.Round(scores[label], 6));
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
