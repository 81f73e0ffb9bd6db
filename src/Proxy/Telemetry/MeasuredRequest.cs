namespace EdgeFilter.Proxy.Telemetry;

/// <summary>How a request ended.</summary>
internal enum RequestOutcome
{
    /// <summary>The provider answered; rules may have changed something on the way.</summary>
    Forwarded,

    /// <summary>Policies stopped it before it was sent, or it could not be recorded.</summary>
    Blocked,

    /// <summary>Not described, not readable, not known: refused before policies were asked. Passed uninspected, where configuration says so, counts here too.</summary>
    Refused,

    InspectionFailed,

    UpstreamFailed,
}

/// <summary>A request that is over, in configured names and numbers.</summary>
internal readonly record struct MeasuredRequest
{
    public required RequestOutcome Outcome { get; init; }

    public required string Protocol { get; init; }

    public required string Cluster { get; init; }

    /// <summary>The path's template.</summary>
    public required string Route { get; init; }

    public required int Status { get; init; }

    public required bool Streamed { get; init; }

    /// <summary>Time that the filter worked: what it added, apart from text held back in a stream.</summary>
    public required TimeSpan Filter { get; init; }

    public required TimeSpan Whole { get; init; }

    public required string RequestId { get; init; }
}
