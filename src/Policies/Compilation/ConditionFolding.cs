using System.Collections.Immutable;

namespace EdgeFilter.Policies.Compilation;

/// <summary>Replaces conditions that a context already decides.</summary>
internal static class ConditionFolding
{
    /// <summary>A condition that every text fulfils.</summary>
    public static CompiledCondition Always { get; } = new SizeCondition { AtLeast = 0 };

    /// <returns>What is left to decide; null when it can't hold in this context.</returns>
    public static CompiledCondition? Fold(CompiledCondition condition, string model) => condition switch
    {
        ModelCondition models => models.Holds(model) ? Always : null,
        CombinedCondition { Kind: Combination.All } all => FoldAll(all, model),
        CombinedCondition { Kind: Combination.Any } any => FoldAny(any, model),
        CombinedCondition none => FoldNone(none, model),
        _ => condition,
    };

    private static CompiledCondition? FoldAll(CombinedCondition all, string model)
    {
        var parts = ImmutableArray.CreateBuilder<CompiledCondition>(all.Parts.Length);
        foreach (var part in all.Parts)
        {
            if (Fold(part, model) is not { } left)
            {
                return null;
            }

            if (!ReferenceEquals(left, Always))
            {
                parts.Add(left);
            }
        }

        return parts.Count switch
        {
            0 => Always,
            1 => parts[0],
            _ => all with { Parts = parts.ToImmutable() },
        };
    }

    private static CompiledCondition? FoldAny(CombinedCondition any, string model)
    {
        var parts = any.Parts.Select(p => Fold(p, model)).OfType<CompiledCondition>().ToImmutableArray();
        return parts.Any(p => ReferenceEquals(p, Always)) ? Always
            : parts.Length switch
            {
                0 => null,
                1 => parts[0],
                _ => any with { Parts = parts },
            };
    }

    private static CompiledCondition? FoldNone(CombinedCondition none, string model)
    {
        var parts = none.Parts.Select(p => Fold(p, model)).OfType<CompiledCondition>().ToImmutableArray();
        return parts.Any(p => ReferenceEquals(p, Always)) ? null
            : parts.Length == 0 ? Always
            : none with { Parts = parts };
    }
}
