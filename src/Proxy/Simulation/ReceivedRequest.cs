namespace EdgeFilter.Proxy.Simulation;

/// <summary>A request as it reached the simulated provider, byte for byte; the path with its query, not unescaped.</summary>
internal sealed record ReceivedRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    /// <summary>States where it went and how long it is: the content is a user's.</summary>
    public override string ToString() => $"{Method} {Path}, {Body.Length} bytes";
}
