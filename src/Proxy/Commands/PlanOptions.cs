using System.CommandLine;
using EdgeFilter.Detection.Catalog;
using EdgeFilter.Detection.Classifiers.Models;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Lifecycle;
using EdgeFilter.Policies.Validation;
using EdgeFilter.Proxy.Hosting;

namespace EdgeFilter.Proxy.Commands;

/// <summary>The options with which a command that reads texts says whose rules it means: a policy or a region, a direction, a role.</summary>
internal sealed class PlanOptions
{
    public PlanOptions(string what)
    {
        Policy = new Option<string?>("--policy") { Description = what };
        Direction.AcceptOnlyFromAmong("prompt", "output");
    }

    public Option<string?> Policy { get; }

    public Option<string> Region { get; } = new("--region") { Description = "Region of the client.", DefaultValueFactory = _ => "" };

    public Option<string> Direction { get; } = new("--in") { Description = "prompt or output.", DefaultValueFactory = _ => "prompt" };

    public Option<string?> Role { get; } = new("--role")
    {
        Description = "Who speaks: user, assistant, system, tool-result … Default: user for prompts, assistant for outputs.",
    };

    public Option<DirectoryInfo?> Policies { get; } = new("--policies") { Description = "Folder of the policies. Default: the shipped ones." };

    public Option<DirectoryInfo?> Models { get; } = ModelsFolder.Option();

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[Policy, Region, Direction, Role, Policies, Models])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Opens the models and the plan that the options ask for, or says why not and gives null.</summary>
    public OpenPlan? Open(ParseResult parsed)
    {
        var direction = parsed.GetValue(Direction) == "output" ? EdgeFilter.Policies.Direction.Output : EdgeFilter.Policies.Direction.Prompt;
        var role = direction == EdgeFilter.Policies.Direction.Output ? SegmentRole.Assistant : SegmentRole.User;
        if (parsed.GetValue(Role) is { } roleName && !Enum.TryParse(roleName.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out role))
        {
            Console.Error.WriteLine($"There is no role '{roleName}'. There are: {string.Join(", ", Enum.GetNames<SegmentRole>().Select(n => n.ToLowerInvariant()))}.");
            return null;
        }

        if (ModelsFolder.Find(parsed.GetValue(Models), Console.Error) is not { } modelFolder || !ModelsFolder.TryReadKey(Console.Error, out var key))
        {
            return null;
        }

        var store = ModelStore.Open(modelFolder, key, ModelRuntimeOptions.Unhurried);
        var policies = new PolicyStore(
            parsed.GetValue(Policies)?.FullName ?? ProductFolders.Find("policies"),
            new ValidationScope(BuiltInDetectors.CreateCatalog(store.Families), store));
        try
        {
            policies.Load();
            var context = new PolicyContext { Region = parsed.GetValue(Region)! };
            var policy = parsed.GetValue(Policy) is { } name ? policies.Current.Alone(name, context) : policies.Current.For(context);
            return new OpenPlan(policy.PlanFor(direction, role), store, policies);
        }
        catch (Exception error) when (error is PolicyLoadException or ArgumentException or KeyNotFoundException)
        {
            Console.Error.WriteLine(error.Message);
            policies.Dispose();
            store.Dispose();
            return null;
        }
    }

    /// <summary>A plan, with what has to stay open while it is used.</summary>
    internal sealed class OpenPlan(SegmentPlan plan, ModelStore models, PolicyStore policies) : IDisposable
    {
        public SegmentPlan Plan => plan;

        public void Dispose()
        {
            policies.Dispose();
            models.Dispose();
        }
    }
}
