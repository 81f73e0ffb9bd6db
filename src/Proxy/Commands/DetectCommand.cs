using System.CommandLine;
using System.Text.Json;
using EdgeFilter.Detection;
using EdgeFilter.Detection.Catalog;
using EdgeFilter.Detection.Classifiers.Models;
using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>edgefilter detect</c>: JSON Lines <c>{"id","text"}</c> in, <c>{"id","findings":[…]}</c> out.</summary>
internal static class DetectCommand
{
    public static Command Create(Func<DetectorCatalog> catalog)
    {
        var entities = new Option<string[]>("--entities")
        {
            Description = "Look for these entities or detectors only (comma-separated or repeated). Default: everything but names, which need a model: "
                + "--entities PERSON,LOCATION,ORGANIZATION.",
            AllowMultipleArgumentsPerToken = true,
        };
        var choice = new PlanOptions("Look for what this policy's rules ask for, its own detectors and dictionaries too.");
        var threads = ThreadsOption();
        var explain = new Option<bool>("--explain") { Description = "Also say through which view of the text a finding was seen, and the detector's name." };
        var command = new Command(
            "detect",
            "Finds identifiers, secrets and hidden text. Reads JSON Lines {\"id\",\"text\"} from standard input and writes one line for each:\n"
            + "{\"id\",\"findings\":[{\"entity\",\"start\",\"length\",\"confidence\",\"level\",\"detector\"}]}. Offsets are UTF-16 code units.")
        {
            entities, threads, explain,
        };
        choice.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(choice.Policy) is not null && result.GetResult(entities) is not null)
            {
                result.AddError("--policy says what to look for, and so does --entities: give one of them.");
            }
        });
        command.SetAction(parsed => Run(parsed, choice, catalog, parsed.GetValue(entities) ?? [], parsed.GetValue(threads), parsed.GetValue(explain)));
        return command;
    }

    private static int Run(
        ParseResult parsed, PlanOptions choice, Func<DetectorCatalog> builtIn, string[] asked, int threads, bool explain)
    {
        var (input, output) = (Console.OpenStandardInput(), Console.OpenStandardOutput());
        if (parsed.GetValue(choice.Policy) is not null)
        {
            using var open = choice.Open(parsed);
            return open is null ? JsonLines.BadUsage : Run(open.Plan.Detection, explain, new JsonLines(input, output, Console.Error, threads));
        }

        // Models take a while to load: only for what they alone can find.
        var catalog = builtIn();
        if (Names(asked).All(n => catalog.OfEntity(n).Count > 0 || catalog.Find(n) is not null))
        {
            return Run(catalog, asked, threads, explain, input, output, Console.Error);
        }

        if (ModelsFolder.Find(parsed.GetValue(choice.Models), TextWriter.Null) is not { } folder || !ModelsFolder.TryReadKey(Console.Error, out var key))
        {
            return Run(catalog, asked, threads, explain, input, output, Console.Error);
        }

        using var store = ModelStore.Open(folder, key, ModelRuntimeOptions.Unhurried);
        return Run(BuiltInDetectors.CreateCatalog(store.Families), asked, threads, explain, input, output, Console.Error);
    }

    /// <summary>How many texts are worked on at a time.</summary>
    public static Option<int> ThreadsOption()
    {
        var threads = new Option<int>("--threads") { Description = "How many texts are worked on at a time, 1 to 256.", DefaultValueFactory = _ => 1 };
        threads.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 256)
            {
                result.AddError("--threads must be from 1 to 256.");
            }
        });
        return threads;
    }

    internal static int Run(
        DetectorCatalog catalog, string[] asked, int threads, bool explain, Stream input, Stream output, TextWriter errors)
    {
        var wanted = new List<DetectorInfo>();
        foreach (var name in Names(asked))
        {
            var found = catalog.OfEntity(name);
            if (found.Count == 0 && catalog.Find(name) is { } one)
            {
                found = [one];
            }

            if (found.Count == 0)
            {
                errors.WriteLine($"There is no entity or detector '{name}'. 'edgefilter detectors' lists them all.");
                return JsonLines.BadUsage;
            }

            wanted.AddRange(found);
        }

        var plan = catalog.Compile(asked.Length == 0 ? catalog.Detectors : wanted);
        return Run(plan, explain, new JsonLines(input, output, errors, threads));
    }

    private static IEnumerable<string> Names(string[] asked) =>
        asked.SelectMany(a => a.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static int Run(DetectionPlan plan, bool explain, JsonLines lines) => lines.Run((text, json) =>
    {
        var findings = new FindingCollector();
        plan.Inspect(text, findings);
        json.WriteStartArray("findings");
        foreach (ref readonly var finding in findings.Findings)
        {
            Write(finding, explain, json);
        }

        json.WriteEndArray();
    });

    private static void Write(in Finding finding, bool explain, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("entity", finding.Entity);
        json.WriteNumber("start", finding.Span.Start);
        json.WriteNumber("length", finding.Span.Length);
        json.WriteNumber("confidence", Math.Round(finding.Confidence, 4));
        json.WriteString("level", Words.Of(finding.Level));
        json.WriteString("detector", finding.Detector.Id);
        if (explain)
        {
            json.WriteString("view", finding.View.ToString().ToLowerInvariant());
            json.WriteString("name", finding.Detector.Name);
            json.WriteString("country", finding.Detector.Country);
        }

        json.WriteEndObject();
    }
}
