namespace EdgeFilter.Detection.Tokenizers.Patterns;

/// <summary>A part of a pattern, as written.</summary>
internal abstract record PatternNode
{
    /// <summary>The fewest characters that it matches.</summary>
    public abstract int Least { get; }

    /// <summary>How many characters it always matches; null when that varies.</summary>
    public abstract int? Exactly { get; }

    public sealed record One(CodePointSet Set) : PatternNode
    {
        public override int Least => 1;

        public override int? Exactly => 1;
    }

    public sealed record Sequence(IReadOnlyList<PatternNode> Parts) : PatternNode
    {
        public override int Least => Parts.Sum(p => p.Least);

        public override int? Exactly => Parts.All(p => p.Exactly is not null) ? Parts.Sum(p => p.Exactly) : null;
    }

    public sealed record Either(IReadOnlyList<PatternNode> Parts) : PatternNode
    {
        public override int Least => Parts.Min(p => p.Least);

        public override int? Exactly => Parts.Select(p => p.Exactly).Distinct().Count() == 1 ? Parts[0].Exactly : null;
    }

    public sealed record Repeat(PatternNode Part, int Min, int Max, RepeatKind Kind) : PatternNode
    {
        public const int Unbounded = int.MaxValue;

        public override int Least => Part.Least * Min;

        public override int? Exactly => Min == Max ? Part.Exactly * Min : null;
    }

    public sealed record Look(PatternNode Part, bool IsBehind, bool IsNegated) : PatternNode
    {
        public override int Least => 0;

        public override int? Exactly => 0;
    }

    public sealed record Atomic(PatternNode Part) : PatternNode
    {
        public override int Least => Part.Least;

        public override int? Exactly => Part.Exactly;
    }

    public sealed record Anchor(AnchorKind Kind) : PatternNode
    {
        public override int Least => 0;

        public override int? Exactly => 0;
    }
}
