namespace EdgeFilter.Detection.Tokenizers.Patterns;

/// <summary>What a step of a compiled pattern does.</summary>
internal enum StepKind : byte
{
    /// <summary>One character of a set.</summary>
    One,

    /// <summary>Many characters of a set.</summary>
    Many,

    /// <summary>Goes on at <see cref="PatternStep.Next"/> and, should that fail, at <see cref="PatternStep.Other"/>.</summary>
    Fork,
    Jump,
    Anchor,
    Look,
    Atomic,
    Match,
}

/// <summary>One step of a compiled pattern.</summary>
internal sealed record PatternStep(StepKind Kind)
{
    public CodePointSet? Set { get; init; }

    public int Min { get; init; }

    public int Max { get; init; }

    public RepeatKind Repeat { get; init; }

    public int Next { get; set; }

    public int Other { get; set; }

    public AnchorKind Anchor { get; init; }

    /// <summary>The steps of what is looked for, for <see cref="StepKind.Look"/> and <see cref="StepKind.Atomic"/>.</summary>
    public PatternStep[] Inner { get; init; } = [];

    /// <summary>How many characters to go back before looking; 0 looks ahead.</summary>
    public int Back { get; init; }

    public bool IsNegated { get; init; }
}
