using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Review;
using EdgeFilter.Proxy.Tests.BlockLog;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EdgeFilter.Proxy.Tests.Review;

/// <summary>A console on a filled log, with an account of every role. The password of each is <see cref="Password"/>.</summary>
public sealed class ConsoleServer : IAsyncLifetime, IAsyncDisposable
{
    public const string Password = "correct horse battery staple";
    public const int Records = 300;

    private readonly LogFolder? _folder;
    private readonly string _address;
    private readonly string _path;
    private ServiceProvider? _services;
    private WebApplication? _admin;

    public ConsoleServer()
    {
        _folder = new LogFolder();
        _path = _folder.Path;
        _address = "http://127.0.0.1:0";
    }

    internal ConsoleServer(string address, string folder)
    {
        _address = address;
        _path = folder;
    }

    /// <summary>What is configured besides the log's place.</summary>
    internal Dictionary<string, string?> Configuration { get; init; } = [];

    /// <summary>Policies that can be changed here; without them the console says so.</summary>
    internal PoliciesInForce? Policies { get; init; }

    internal CollectingLogger Logs { get; } = new();

    internal FakeTrial Trial { get; } = new();

    internal IBlockLog Log => _services!.GetRequiredService<IBlockLog>();

    internal IReadOnlyList<AuditEntry> Audit() => _admin!.Services.GetRequiredService<AuditTrail>().Read(long.MaxValue, 100);

    internal IEnumerable<RouteEndpoint> Endpoints => ((IEndpointRouteBuilder)_admin!).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    public Uri Address { get; private set; } = null!;

    public string SetupToken { get; private set; } = "";

    public async Task InitializeAsync()
    {
        await _folder!.FillAsync(Records);
        await StartAsync();
        using var browser = Browser();
        await browser.SetUpAsync(SetupToken, "admin");
        foreach (var role in new[] { "viewer", "reviewer", "author" })
        {
            await browser.SendAsync(HttpMethod.Post, "/api/accounts", new { name = role, password = Password, role });
        }
    }

    public async Task StartAsync()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["BlockLog:Path"] = LogFolder.DatabaseIn(_path) })
            .AddInMemoryCollection(Configuration).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        services.AddBlockLog();
        services.AddSingleton<ITryPolicy>(Trial);
        services.AddSingleton<IConsoleFacts, FakeFacts>();
        if (Policies is not null)
        {
            services.AddSingleton(Policies.Changes);
        }

        _services = services.BuildServiceProvider();
        await _services.GetRequiredService<BlockLogWriter>().Opened;

        // As the proxy builds its operators' server.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs);
        builder.WebHost.UseKestrelCore().UseUrls(_address).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddReviewConsole(configuration, _services);
        _admin = builder.Build();
        _admin.MapGet("/edgefilter/health/live", () => "alive");
        _admin.MapReviewConsole();
        Policies?.Audit(_admin.Services.GetRequiredService<AuditTrail>());
        await _admin.StartAsync();
        Address = new Uri(_admin.Urls.First());
        SetupToken = ReviewConsole.FirstAccountLink(_admin)?.Split("#/setup/")[1] ?? "";
    }

    public async Task DisposeAsync()
    {
        await _admin!.DisposeAsync();
        await _services!.DisposeAsync();
        _folder?.Dispose();
    }

    ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());

    internal ConsoleBrowser Browser() => new(Address);

    internal async Task<ConsoleBrowser> SignedInAsync(string role)
    {
        var browser = Browser();
        await browser.SignInAsync(role);
        return browser;
    }
}

/// <summary>What the console's pages do: cookies, and the token in a header.</summary>
internal sealed class ConsoleBrowser : IDisposable
{
    private readonly HttpClientHandler _handler = new() { CookieContainer = new CookieContainer(), AllowAutoRedirect = false };

    public ConsoleBrowser(Uri address) => Client = new HttpClient(_handler) { BaseAddress = address };

    public HttpClient Client { get; }

    public string? Token { get; set; } = "signed-out";

    public async Task SignInAsync(string name)
    {
        using var answer = await SendAsync(HttpMethod.Post, "/api/session", new { name, password = ConsoleServer.Password });
        answer.EnsureSuccessStatusCode();
        Token = (await JsonAsync(answer)).GetProperty("csrfToken").GetString();
    }

    public async Task SetUpAsync(string token, string name)
    {
        using var answer = await SendAsync(HttpMethod.Post, "/api/setup", new { token, name, password = ConsoleServer.Password });
        answer.EnsureSuccessStatusCode();
        Token = (await JsonAsync(answer)).GetProperty("csrfToken").GetString();
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (Token is not null && method != HttpMethod.Get)
        {
            request.Headers.Add(AccessCheck.CsrfHeader, Token);
        }

        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
        }

        change?.Invoke(request);
        return await Client.SendAsync(request);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await JsonAsync(answer);
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).Clone();

    public void Dispose()
    {
        Client.Dispose();
        _handler.Dispose();
    }
}
