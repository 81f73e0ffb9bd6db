using System.CommandLine;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Filtering;
using EdgeFilter.Proxy.Hosting;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>edgefilter filter</c>: JSON Lines <c>{"id","text"}</c> in, <c>{"id","action","rules","text"}</c> out.</summary>
internal static class FilterCommand
{
    public static Command Create()
    {
        var choice = new PlanOptions("The policy to apply, with what it extends. Default: all that apply to the region.");
        var stream = new Option<bool>("--stream") { Description = "Filter as a stream, cut into small pieces." };
        var chunk = new Option<int>("--chunk") { Description = "Code units in a piece of a stream.", DefaultValueFactory = _ => 7 };
        var threads = DetectCommand.ThreadsOption();
        var command = new Command("filter", "Filters texts by a policy. Reads JSON Lines {\"id\",\"text\"} and writes {\"id\",\"action\",\"rules\",\"text\"} for each.")
        {
            stream, chunk, threads,
        };
        choice.AddTo(command);
        command.SetAction(parsed =>
        {
            using var open = choice.Open(parsed);
            return open is null ? JsonLines.BadUsage : Run(open.Plan, parsed.GetValue(stream) ? Math.Max(1, parsed.GetValue(chunk)) : 0, parsed.GetValue(threads));
        });
        return command;
    }

    private static int Run(SegmentPlan plan, int chunk, int threads)
    {
        var hasher = HmacValueHasher.Ephemeral();
        return new JsonLines(Console.OpenStandardInput(), Console.OpenStandardOutput(), Console.Error, threads).Run((text, json) =>
        {
            using var filter = new TextFilter(plan, hasher);
            var shown = chunk > 0 ? FilteredStream.Read(filter, text, chunk) : FilteredStream.ReadWhole(filter, text);
            json.WriteString("action", Words.Of(filter.Action));
            json.WriteStartArray("rules");
            foreach (var rule in filter.Hits.Select(h => h.Rule.Id).Distinct(StringComparer.Ordinal))
            {
                json.WriteStringValue(rule);
            }

            json.WriteEndArray();
            json.WriteString("text", shown);
        });
    }
}
