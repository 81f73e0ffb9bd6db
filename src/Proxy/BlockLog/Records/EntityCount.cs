namespace EdgeFilter.Proxy.BlockLog;

/// <summary>How many findings of one entity a message held.</summary>
internal sealed record EntityCount
{
    public required string Entity { get; init => field = SafeText.Line(value, 64); }

    public required int Count { get; init; }
}
