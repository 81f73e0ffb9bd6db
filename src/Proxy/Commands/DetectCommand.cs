using System.CommandLine;
using System.Text.Json;
using EdgeFilter.Detection;
using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>edgefilter detect</c>: JSON Lines <c>{"id","text"}</c> in, <c>{"id","findings":[…]}</c> out.</summary>
internal static class DetectCommand
{
    public static Command Create(Func<DetectorCatalog> catalog)
    {
        var entities = new Option<string[]>("--entities")
        {
            Description = "Look for these entities or detectors only (comma-separated or repeated). Default: everything.",
            AllowMultipleArgumentsPerToken = true,
        };
        var threads = ThreadsOption();
        var explain = new Option<bool>("--explain") { Description = "Also say through which view of the text a finding was seen, and the detector's name." };
        var command = new Command(
            "detect",
            "Finds identifiers, secrets and hidden text. Reads JSON Lines {\"id\",\"text\"} from standard input and writes one line for each:\n"
            + "{\"id\",\"findings\":[{\"entity\",\"start\",\"length\",\"confidence\",\"level\",\"detector\"}]}. Offsets are UTF-16 code units.")
        {
            entities, threads, explain,
        };
        command.SetAction(parsed => Run(
            catalog(), parsed.GetValue(entities) ?? [], parsed.GetValue(threads), parsed.GetValue(explain),
            Console.OpenStandardInput(), Console.OpenStandardOutput(), Console.Error));
        return command;
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
        foreach (var name in asked.SelectMany(a => a.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
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
        return new JsonLines(input, output, errors, threads).Run((text, json) =>
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
    }

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
