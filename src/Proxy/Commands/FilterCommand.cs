using System.CommandLine;
using EdgeFilter.Detection.Catalog;
using EdgeFilter.Detection.Classifiers.Models;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Filtering;
using EdgeFilter.Policies.Lifecycle;
using EdgeFilter.Policies.Validation;
using EdgeFilter.Proxy.Hosting;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>edgefilter filter</c>: JSON Lines <c>{"id","text"}</c> in, <c>{"id","action","rules","text"}</c> out.</summary>
internal static class FilterCommand
{
    public static Command Create()
    {
        var policy = new Option<string?>("--policy") { Description = "The policy to apply, with what it extends. Default: all that apply to the region." };
        var region = new Option<string>("--region") { Description = "Region of the client.", DefaultValueFactory = _ => "" };
        var direction = new Option<string>("--in") { Description = "prompt or output.", DefaultValueFactory = _ => "prompt" };
        direction.AcceptOnlyFromAmong("prompt", "output");
        var role = new Option<string?>("--role") { Description = "Who speaks: user, assistant, system, tool-result … Default: user for prompts, assistant for outputs." };
        var stream = new Option<bool>("--stream") { Description = "Filter as a stream, cut into small pieces." };
        var chunk = new Option<int>("--chunk") { Description = "Code units in a piece of a stream.", DefaultValueFactory = _ => 7 };
        var threads = DetectCommand.ThreadsOption();
        var policies = new Option<DirectoryInfo?>("--policies") { Description = "Folder of the policies. Default: the shipped ones." };
        var models = ModelsFolder.Option();
        var command = new Command("filter", "Filters texts by a policy. Reads JSON Lines {\"id\",\"text\"} and writes {\"id\",\"action\",\"rules\",\"text\"} for each.")
        {
            policy, region, direction, role, stream, chunk, threads, policies, models,
        };
        command.SetAction(parsed => Run(
            parsed.GetValue(policies)?.FullName ?? ProductFolders.Find("policies"), parsed.GetValue(models), parsed.GetValue(policy), parsed.GetValue(region)!,
            parsed.GetValue(direction) == "output" ? Direction.Output : Direction.Prompt, parsed.GetValue(role),
            parsed.GetValue(stream) ? Math.Max(1, parsed.GetValue(chunk)) : 0, parsed.GetValue(threads)));
        return command;
    }

    private static int Run(
        string folder, DirectoryInfo? models, string? policy, string region, Direction direction, string? roleName, int chunk, int threads)
    {
        var role = direction == Direction.Output ? SegmentRole.Assistant : SegmentRole.User;
        if (roleName is not null && !Enum.TryParse(roleName.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out role))
        {
            Console.Error.WriteLine($"There is no role '{roleName}'. There are: {string.Join(", ", Enum.GetNames<SegmentRole>().Select(n => n.ToLowerInvariant()))}.");
            return JsonLines.BadUsage;
        }

        if (ModelsFolder.Find(models, Console.Error) is not { } modelFolder || !ModelsFolder.TryReadKey(Console.Error, out var key))
        {
            return JsonLines.BadUsage;
        }

        using var store = ModelStore.Open(modelFolder, key, ModelRuntimeOptions.Unhurried);
        var scope = new ValidationScope(BuiltInDetectors.CreateCatalog(store.Families), store);
        using var policies = new PolicyStore(folder, scope);
        SegmentPlan plan;
        try
        {
            policies.Load();
            var context = new PolicyContext { Region = region };
            plan = (policy is null ? policies.Current.For(context) : policies.Current.Alone(policy, context)).PlanFor(direction, role);
        }
        catch (Exception error) when (error is PolicyLoadException or ArgumentException or KeyNotFoundException)
        {
            Console.Error.WriteLine(error.Message);
            return JsonLines.BadUsage;
        }

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
