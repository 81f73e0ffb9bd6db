namespace EdgeFilter.Proxy.Streaming;

/// <summary>When a quiet stream is kept alive and when it is given up.</summary>
internal sealed record StreamPumpOptions
{
    public static StreamPumpOptions Default { get; } = new();

    /// <summary>Silence towards the client after which bytes are sent that readers skip. Proxies between give up after 60 s.</summary>
    public TimeSpan KeepAliveAfter { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Silence of the upstream after which the stream fails. Reasoning models think for minutes; SDKs wait ten.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the end of the upstream's body is waited for after its last event, so that its connection can be used again.</summary>
    public TimeSpan DrainFor { get; init; } = TimeSpan.FromMilliseconds(250);
}
