using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.Bodies;

/// <summary>One line of a protocol table: what a place carries, on one condition or always.</summary>
internal sealed record FieldRule
{
    public required FieldKind Kind { get; init; }

    /// <summary>Who speaks; null where the nearest object with a role says so.</summary>
    public SegmentRole? Role { get; init; }

    /// <summary>The types of the object that this line is for; null for every type.</summary>
    public IReadOnlyList<string>? OnlyForTypes { get; init; }

    /// <summary>The words that a place may hold, where the table lists them; another one is a kind of object that we don't know.</summary>
    public IReadOnlyList<string>? Words { get; init; }

    /// <summary>What a media place holds.</summary>
    public MediaKind Media { get; init; }

    /// <summary>Why it is opaque, and other remarks for the coverage table.</summary>
    public string Note { get; init; } = "";
}
