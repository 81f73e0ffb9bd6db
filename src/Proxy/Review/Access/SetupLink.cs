using System.Security.Cryptography;
using System.Text;

namespace EdgeFilter.Proxy.Review;

/// <summary>
/// The way to the first account: a token made at start, printed once for who started the proxy, of no use once an account exists.
/// </summary>
internal sealed class SetupLink(Accounts accounts)
{
    private readonly string _token = Sessions.Random();

    public bool IsNeeded => !accounts.Any;

    /// <summary>The link's end. A fragment: browsers send it to nobody, and no log of addresses holds it.</summary>
    public string Fragment => $"#/setup/{_token}";

    public bool Fits(string? token) =>
        token is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(_token));
}
