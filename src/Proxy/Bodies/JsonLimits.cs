namespace EdgeFilter.Proxy.Bodies;

/// <summary>What a JSON body may cost to read. Passing a limit refuses the body: nothing is skipped.</summary>
internal sealed record JsonLimits
{
    public static JsonLimits Default { get; } = new();

    /// <summary>Nested objects and arrays. Tool schemas in use pass 64; Python readers give up near 1,000.</summary>
    public int MaxDepth { get; init; } = 256;

    /// <summary>Names, strings, and numbers and literals that are members.</summary>
    public int MaxLeaves { get; init; } = 500_000;

    /// <summary>Objects and arrays.</summary>
    public int MaxContainers { get; init; } = 250_000;

    /// <summary>Raw bytes of a member's name.</summary>
    public int MaxNameLength { get; init; } = 4_096;

    /// <summary>Bytes of a number. Doubles need 25; JavaScript's and Python's integers may be longer.</summary>
    public int MaxNumberLength { get; init; } = 256;

    /// <summary>
    /// Accepts the second half of a surrogate pair at the beginning of a string, and the first at its end. Only for pieces of a
    /// longer text, as streams send them, where the other half stands in the next piece.
    /// </summary>
    public bool AllowHalfPairs { get; init; }
}
