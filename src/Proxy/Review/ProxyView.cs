namespace EdgeFilter.Proxy.Review;

/// <summary>What the proxy lets the console see, try and change; any may be missing.</summary>
internal sealed record ProxyView(IConsoleFacts? Facts, ITryPolicy? Trial, IChangePolicies? Changes = null);
