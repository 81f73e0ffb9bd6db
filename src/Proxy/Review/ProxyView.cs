namespace EdgeFilter.Proxy.Review;

/// <summary>What the proxy lets the console see and try; either may be missing.</summary>
internal sealed record ProxyView(IConsoleFacts? Facts, ITryPolicy? Trial);
