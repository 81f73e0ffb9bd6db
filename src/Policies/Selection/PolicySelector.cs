using System.Collections.Concurrent;
using System.Text;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Documents;

namespace EdgeFilter.Policies.Selection;

/// <summary>
/// The policy in force for a context: looked up, and compiled when a combination of documents is met for the first time.
/// Safe for concurrent use.
/// </summary>
public sealed class PolicySelector
{
    // Tenants and groups come from configuration, but a model's name comes from the client: it must not fill memory.
    private const int MostContexts = 10_000;
    private const int MostCombinations = 2_000;
    private const int MostWarmed = 500;

    private readonly ConcurrentDictionary<PolicyContext, Entry> byContext = new(PolicyContextComparer.Instance);
    private readonly ConcurrentDictionary<string, Lazy<CompiledPolicy>> byCombination = new(StringComparer.Ordinal);
    private readonly CompiledSet set;
    private readonly bool dependsOnModel;
    private readonly bool dependsOnTime;

    public PolicySelector(CompiledSet set)
    {
        this.set = set;
        var applies = set.Set.Policies.Select(p => p.AppliesTo).Concat(set.Set.Waivers.Select(w => w.AppliesTo)).OfType<AppliesToDocument>().ToArray();
        dependsOnModel = applies.Any(a => a.Models.Count > 0) || set.Set.Policies.SelectMany(p => set.RulesOf(p)).Any(r => r.DependsOnModel);
        dependsOnTime = applies.Any(a => a.Times.Count > 0);
    }

    /// <summary>The set that it selects from.</summary>
    public CompiledSet Set => set;

    public CompiledPolicy For(PolicyContext context)
    {
        var key = dependsOnModel || context.Model.Length == 0 ? context : context with { Model = "" };
        var now = set.Clock.GetUtcNow();
        if (byContext.TryGetValue(key, out var known) && now < known.ValidUntil)
        {
            return known.Policy;
        }

        var entry = Select(key, now);
        if (byContext.Count >= MostContexts)
        {
            byContext.Clear();
        }

        byContext[key] = entry;
        return entry.Policy;
    }

    /// <summary>Contexts that were asked for, some hundreds at most.</summary>
    internal IEnumerable<PolicyContext> RecentContexts => byContext.Keys.Take(MostWarmed);

    /// <summary>Compiles what these contexts need.</summary>
    internal void Warm(IEnumerable<PolicyContext> contexts)
    {
        foreach (var context in contexts)
        {
            For(context);
        }
    }

    /// <summary>The rules that a policy writes itself, in their order, as any model meets them. Costs next to nothing: nothing is combined.</summary>
    /// <param name="name">A policy of the set; another name has no rules.</param>
    public IReadOnlyList<CompiledRule> RulesOf(string name) => set.Set.Find(name) is { } policy
        ? [.. set.RulesOf(policy).Select(template => template.For("", forEmbeddings: false, inShadow: false, [], set.Clock.GetUtcNow())).OfType<CompiledRule>()]
        : [];

    /// <summary>One policy and all that it extends, whomever it applies to.</summary>
    /// <param name="name">A policy of the set.</param>
    /// <param name="context">The model and protocol asked for.</param>
    /// <exception cref="KeyNotFoundException">The set has no such policy.</exception>
    public CompiledPolicy Alone(string name, PolicyContext? context = null)
    {
        if (set.Set.Find(name) is null)
        {
            throw new KeyNotFoundException($"There is no policy '{name}'.");
        }

        return SelectionCompiler.Compile(set, PolicySelection.Alone(set.Set, name), context ?? PolicyContext.Anyone, set.Clock.GetUtcNow());
    }

    private Entry Select(PolicyContext context, DateTimeOffset now)
    {
        var selection = PolicySelection.Of(set.Set, context, now);
        var templates = selection.Policies.SelectMany(p => set.RulesOf(p.Document)).ToArray();
        var combination = KeyOf(selection, templates, context, now);
        if (byCombination.Count >= MostCombinations)
        {
            byCombination.Clear();
        }

        var policy = byCombination.GetOrAdd(
            combination,
            static (_, s) => new Lazy<CompiledPolicy>(() => SelectionCompiler.Compile(s.set, s.selection, s.context, s.now)),
            (set, selection, context, now)).Value;
        return new Entry(policy, ValidUntil(templates, now));
    }

    // Everything that makes two contexts differ, and nothing else.
    private static string KeyOf(PolicySelection selection, RuleTemplate[] templates, PolicyContext context, DateTimeOffset now)
    {
        var key = new StringBuilder();
        foreach (var policy in selection.Policies)
        {
            key.Append(policy.Document.Name!.Value).Append(policy.InShadow ? '?' : ';');
        }

        key.Append('|').AppendJoin(';', selection.Waivers.Select(w => w.Name!.Value)).Append('|');
        key.Append(context.Protocol.Contains("embed", StringComparison.OrdinalIgnoreCase) ? 'e' : '-');
        foreach (var condition in templates.Where(t => t.DependsOnModel).SelectMany(t => t.When.Flatten()).OfType<ModelCondition>())
        {
            key.Append(condition.Holds(context.Model) ? '1' : '0');
        }

        foreach (var template in templates.Where(t => t.OpenUntil is not null))
        {
            key.Append(template.OpenUntil > now ? 'o' : 'c');
        }

        return key.ToString();
    }

    private DateTimeOffset ValidUntil(RuleTemplate[] templates, DateTimeOffset now)
    {
        var next = templates.Select(t => t.OpenUntil).Where(t => t > now).Min() ?? DateTimeOffset.MaxValue;
        if (!dependsOnTime)
        {
            return next;
        }

        // Stretches of the week begin and end with minutes.
        var minute = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute) + TimeSpan.TicksPerMinute, TimeSpan.Zero);
        return minute < next ? minute : next;
    }

    private sealed record Entry(CompiledPolicy Policy, DateTimeOffset ValidUntil);
}
