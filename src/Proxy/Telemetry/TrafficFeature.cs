using EdgeFilter.Proxy.Inspection;

namespace EdgeFilter.Proxy.Telemetry;

/// <summary>What the inspection tells about a request, for whoever counts it. Holds no content.</summary>
internal sealed class TrafficFeature
{
    /// <summary>Set once it is known who asks for what; null for what was refused before.</summary>
    public Exchange? Exchange { get; set; }

    /// <summary>A detector or classifier failed, and the exchange was refused for it.</summary>
    public bool InspectionFailed { get; set; }

    /// <summary>The request's; one that nobody reads where requests aren't counted.</summary>
    public static TrafficFeature Of(HttpContext context) => context.Features.Get<TrafficFeature>() ?? new TrafficFeature();
}
