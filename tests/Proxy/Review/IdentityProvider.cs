using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EdgeFilter.Proxy.Tests.Review;

/// <summary>
/// An OpenID Connect provider on loopback: discovery, keys, the code flow with PKCE and a client secret. Who "signs in" there is said
/// beforehand.
/// </summary>
internal sealed class IdentityProvider : IAsyncDisposable
{
    public const string ClientId = "edgefilter-console";
    public const string Secret = "the client's secret";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ConcurrentDictionary<string, (string Challenge, string Nonce)> _codes = new(StringComparer.Ordinal);
    private readonly WebApplication _app;

    private IdentityProvider(WebApplication app) => _app = app;

    /// <summary>Claims of whoever signs in next.</summary>
    public Dictionary<string, object> Person { get; set; } = [];

    /// <summary>Changed by tests that play a provider gone wrong.</summary>
    public string Audience { get; set; } = ClientId;

    public bool SignsWithAnotherKey { get; set; }

    public bool ForgetsTheNonce { get; set; }

    public string Url { get; private set; } = "";

    public static async Task<IdentityProvider> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        var provider = new IdentityProvider(builder.Build());
        provider.Map();
        await provider._app.StartAsync();
        provider.Url = provider._app.Urls.First();
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private void Map()
    {
        _app.MapGet("/.well-known/openid-configuration", context => context.Response.WriteAsJsonAsync(new Dictionary<string, object>
        {
            ["issuer"] = Url, ["authorization_endpoint"] = Url + "/authorize", ["token_endpoint"] = Url + "/token", ["jwks_uri"] = Url + "/keys",
            ["response_types_supported"] = new[] { "code" }, ["subject_types_supported"] = new[] { "public" }, ["id_token_signing_alg_values_supported"] = new[] { "ES256" },
        }));
        _app.MapGet("/keys", context =>
        {
            var q = _key.ExportParameters(false).Q;
            return context.Response.WriteAsJsonAsync(new
            {
                keys = new[] { new { kty = "EC", use = "sig", crv = "P-256", kid = "one", x = Base64Url.EncodeToString(q.X), y = Base64Url.EncodeToString(q.Y) } },
            });
        });
        _app.MapGet("/authorize", Authorize);
        _app.MapPost("/token", TokenAsync);
    }

    private Task Authorize(HttpContext context)
    {
        var query = context.Request.Query;
        Assert.Equal((ClientId, "code", "S256"), (query["client_id"].ToString(), query["response_type"].ToString(), query["code_challenge_method"].ToString()));
        var code = Guid.NewGuid().ToString("N");
        _codes[code] = (query["code_challenge"].ToString(), query["nonce"].ToString());
        context.Response.Redirect($"{query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(query["state"].ToString())}");
        return Task.CompletedTask;
    }

    private async Task TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var verified = _codes.TryRemove(form["code"].ToString(), out var asked) && form["client_secret"] == Secret
            && Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) == asked.Challenge;
        if (!verified)
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsJsonAsync(new { error = "invalid_grant" });
            return;
        }

        await context.Response.WriteAsJsonAsync(new { access_token = "unused", token_type = "Bearer", expires_in = 300, id_token = Token(asked.Nonce) });
    }

    private string Token(string nonce)
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Url, Audience = Audience, Expires = DateTime.UtcNow.AddMinutes(5),
            Claims = new Dictionary<string, object>(Person) { ["sub"] = "subject-1", ["nonce"] = ForgetsTheNonce ? "another" : nonce },
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(SignsWithAnotherKey ? other : _key) { KeyId = "one", CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } }, SecurityAlgorithms.EcdsaSha256),
        });
    }
}
