using System.Collections.Immutable;
using EdgeFilter.Policies.Decisions;

namespace EdgeFilter.Policies.Compilation;

/// <summary>The model asked for has one of these names. Known before any text is: it is folded away for each context.</summary>
internal sealed record ModelCondition(ImmutableArray<string> Names) : CompiledCondition
{
    public override bool IsLocal => true;

    public override bool IsMonotone => true;

    public bool Holds(string model) => model.Length > 0 && Names.Any(n => NamePattern.Matches(n, model));
}
