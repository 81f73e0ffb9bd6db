namespace EdgeFilter.Detection;

/// <summary>What kind of evidence a detector has when no word near by helps it.</summary>
public enum DetectorStrength
{
    /// <summary>A check digit or check sum settles most of it.</summary>
    Checksum,

    /// <summary>Dates, ranges or fixed prefixes can be tested.</summary>
    Structure,

    /// <summary>Shape only.</summary>
    Pattern,

    /// <summary>Means nothing without a context word.</summary>
    Context,

    /// <summary>A trained model's opinion.</summary>
    Model,
}

/// <summary>A detector as the catalogue lists it. One instance per detector for the life of the process.</summary>
public sealed record DetectorInfo
{
    /// <summary>Stable id that policies and records name: <c>es-nif</c>, <c>github-pat</c>, <c>email</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it finds, in Presidio's names where it has one: <c>ES_NIF</c>, <c>SECRET</c>, <c>EMAIL_ADDRESS</c>.</summary>
    public required string Entity { get; init; }

    /// <summary>ISO 3166 alpha-2 code, <c>EU</c>, or <c>*</c> for everywhere.</summary>
    public string Country { get; init; } = "*";

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>Family of identifiers: national_id, tax, bank, secret, contact …</summary>
    public required string Category { get; init; }

    public required DetectorStrength Strength { get; init; }

    /// <summary>Other entity names under which policies may ask for it.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Synthetic values it must find, each in the smallest sentence that makes it findable.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>Synthetic values it must not report at likely or above.</summary>
    public IReadOnlyList<string> CounterExamples { get; init; } = [];

    /// <summary>Where the format is documented, and what is unsure about it.</summary>
    public string Source { get; init; } = "";

    /// <summary>
    /// Rank in overlaps of equal length and confidence; higher wins. 0 for generic shapes, 10 for identifiers of one country,
    /// 20 for shapes with a provider's own mark.
    /// </summary>
    public int Specificity { get; init; }

    /// <summary>True for keys and passwords.</summary>
    internal bool IsSecret => Category.StartsWith("secret/", StringComparison.Ordinal);

    /// <summary>True for what leads somewhere and may carry other things along.</summary>
    internal bool IsAddress => Entity == "URL";

    public override string ToString() => Id;
}
