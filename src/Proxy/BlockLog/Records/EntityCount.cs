using System.Text.Json.Serialization;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>How many findings of one entity a message held.</summary>
internal sealed record EntityCount
{
    public required string Entity { get; init => field = SafeText.Line(value, 64); }

    public required int Count { get; init; }

    /// <summary>For a classifier's label, which stage of the model decided; null for everything else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Stage { get; init => field = value is null ? null : SafeText.Line(value, 16); }
}
