using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.Bodies;

/// <summary>A place in a protocol's bodies, as its table describes it.</summary>
internal sealed class FieldInfo
{
    public required short Id { get; init; }

    /// <summary>As the table spells it: <c>messages[].content</c>.</summary>
    public required string Path { get; init; }

    /// <summary>In the table's order; the first whose condition holds counts.</summary>
    public IReadOnlyList<FieldRule> Rules { get; internal set; } = [];

    public FieldTraits Traits { get; internal set; }

    /// <summary>Who speaks in everything below that doesn't say otherwise.</summary>
    public SegmentRole? RoleBelow { get; internal set; }

    /// <summary>The line that holds whatever the type is.</summary>
    public FieldRule? Default => Rules.FirstOrDefault(r => r.OnlyForTypes is null);
}
