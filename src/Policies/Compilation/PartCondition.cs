using System.Collections.Frozen;
using System.Collections.Immutable;
using EdgeFilter.Policies.Decisions;

namespace EdgeFilter.Policies.Compilation;

/// <summary>
/// A part of a message that nobody reads here: <c>uninspected</c>, narrowed by type and size. What the sender leaves in the dark
/// counts as matching: an address may lead to anything of any size.
/// </summary>
public sealed record PartCondition : CompiledCondition
{
    public required FrozenSet<CoverageKind> Kinds { get; init; }

    /// <summary>Media types that count; empty for all. <c>image/*</c> is every image.</summary>
    public ImmutableArray<string> Types { get; init; } = [];

    /// <summary>Media types that don't.</summary>
    public ImmutableArray<string> ExceptTypes { get; init; } = [];

    /// <summary>Bytes that it must exceed; -1 for any size.</summary>
    public long LargerThan { get; init; } = -1;

    public override bool IsLocal => false;

    public override bool IsMonotone => true;

    public bool Holds(in UninspectedPart part)
    {
        if (!Kinds.Contains(part.Kind) && !(part.IsAnyMedia && Kinds.Any(UninspectedPart.IsMedia)))
        {
            return false;
        }

        var type = part.MediaType;
        return (Types.IsEmpty || type is null || Types.Any(t => NamePattern.Matches(t, type)))
            && (ExceptTypes.IsEmpty || type is null || !ExceptTypes.Any(t => NamePattern.Matches(t, type)))
            && (part.Size < 0 || part.Size > LargerThan);
    }
}
