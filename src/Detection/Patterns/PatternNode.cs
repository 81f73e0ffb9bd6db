namespace EdgeFilter.Detection.Patterns;

/// <summary>A parsed pattern.</summary>
internal abstract record PatternNode
{
    /// <summary>The longest text it matches; <see cref="int.MaxValue"/> when unbounded.</summary>
    public abstract int MaxLength { get; }

    public abstract int MinLength { get; }

    /// <summary>True when no text that it matches holds a blank, a control character or one outside ASCII.</summary>
    public abstract bool IsPrintable { get; }

    protected static int Add(int a, int b) => (int)Math.Min(int.MaxValue, (long)a + b);

    protected static int Multiply(int a, int b) => (int)Math.Min(int.MaxValue, (long)a * b);
}

internal sealed record EmptyNode : PatternNode
{
    public override int MaxLength => 0;

    public override int MinLength => 0;

    public override bool IsPrintable => true;
}

internal sealed record SetNode(CharSet Set) : PatternNode
{
    public override int MaxLength => 1;

    public override int MinLength => 1;

    public override bool IsPrintable => Set.IsWithin('!', '~');
}

internal sealed record SequenceNode(IReadOnlyList<PatternNode> Parts) : PatternNode
{
    public override int MaxLength => Parts.Aggregate(0, (sum, p) => Add(sum, p.MaxLength));

    public override int MinLength => Parts.Aggregate(0, (sum, p) => Add(sum, p.MinLength));

    public override bool IsPrintable => Parts.All(p => p.IsPrintable);
}

internal sealed record AlternationNode(IReadOnlyList<PatternNode> Options) : PatternNode
{
    public override int MaxLength => Options.Max(o => o.MaxLength);

    public override int MinLength => Options.Min(o => o.MinLength);

    public override bool IsPrintable => Options.All(o => o.IsPrintable);
}

/// <param name="Max">Null for no limit.</param>
internal sealed record RepeatNode(PatternNode Part, int Min, int? Max) : PatternNode
{
    public override int MaxLength => Max is { } max ? Multiply(Part.MaxLength, max) : Part.MaxLength == 0 ? 0 : int.MaxValue;

    public override int MinLength => Multiply(Part.MinLength, Min);

    public override bool IsPrintable => Part.IsPrintable;
}
