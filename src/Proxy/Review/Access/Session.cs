namespace EdgeFilter.Proxy.Review;

/// <summary>A signed-in browser.</summary>
/// <param name="Account">Whose.</param>
/// <param name="CsrfToken">What a request that changes something must carry in a header, which other sites can't set.</param>
/// <param name="Expires">When signing in again is due, whatever happens meanwhile.</param>
internal sealed record Session(Account Account, string CsrfToken, DateTimeOffset Expires);
