using System.CommandLine;
using System.Text.Json;
using EdgeFilter.Detection;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>edgefilter detectors</c>: the catalogue.</summary>
internal static class DetectorsCommand
{
    public static Command Create(Func<DetectorCatalog> catalog)
    {
        var filter = new Argument<string?>("text") { Description = "Show only detectors whose id, entity, name or country contains this.", Arity = ArgumentArity.ZeroOrOne };
        var json = new Option<bool>("--json") { Description = "One JSON object a line, examples included." };
        var command = new Command("detectors", "Lists every detector: entity, country, strength, name.") { filter, json };
        command.SetAction(parsed => Run(catalog(), parsed.GetValue(filter), parsed.GetValue(json), Console.Out));
        return command;
    }

    internal static int Run(DetectorCatalog catalog, string? filter, bool json, TextWriter output)
    {
        var shown = catalog.Detectors.Where(d => filter is null
            || d.Id.Contains(filter, StringComparison.OrdinalIgnoreCase) || d.Entity.Contains(filter, StringComparison.OrdinalIgnoreCase)
            || d.Name.Contains(filter, StringComparison.OrdinalIgnoreCase) || d.Country.Equals(filter, StringComparison.OrdinalIgnoreCase)).ToArray();
        foreach (var detector in shown)
        {
            output.WriteLine(json
                ? JsonSerializer.Serialize(new
                {
                    id = detector.Id, entity = detector.Entity, country = detector.Country, name = detector.Name, category = detector.Category,
                    strength = detector.Strength.ToString().ToLowerInvariant(), aliases = detector.Aliases, examples = detector.Examples,
                })
                : $"{Fit(detector.Entity, 28)} {Fit(detector.Country, 2)} {Fit(detector.Strength.ToString().ToLowerInvariant(), 9)} {Fit(detector.Name, 37)}".TrimEnd());
        }

        if (!json)
        {
            output.WriteLine($"{shown.Length} of {catalog.Detectors.Count} detectors.");
        }

        return shown.Length > 0 ? JsonLines.Fine : JsonLines.Finding;
    }

    private static string Fit(string text, int width) => text.Length > width ? text[..(width - 1)] + "…" : text.PadRight(width);
}
