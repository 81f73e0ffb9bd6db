using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>What a rule in shadow mode, or a candidate policy, would have done.</summary>
internal sealed record ShadowResult
{
    public required string Policy { get; init => field = SafeText.Line(value, 128); }

    public required string Rule { get; init => field = SafeText.Line(value, 128); }

    public required PolicyAction Action { get; init; }
}
