using System.Collections.Concurrent;
using EdgeFilter.Proxy.Simulation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace EdgeFilter.Acceptance.Hosting;

/// <summary>A provider that answers what a test says, whatever it is asked, and keeps what it received.</summary>
internal sealed class ScriptedUpstream : IAsyncDisposable
{
    private readonly WebApplication host;
    private readonly ConcurrentQueue<ReceivedRequest> received = new();

    private ScriptedUpstream(WebApplication host) => this.host = host;

    public string Url { get; private set; } = "";

    /// <summary>Writes the answer.</summary>
    public RequestDelegate Answer { get; set; } = _ => Task.CompletedTask;

    /// <summary>How many requests came.</summary>
    public int Count => received.Count;

    /// <summary>The latest request.</summary>
    public ReceivedRequest Last => received.Last();

    public static async Task<ScriptedUpstream> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Limits.MaxRequestBodySize = 64 << 20);
        var host = builder.Build();
        host.Urls.Add("http://127.0.0.1:0");
        var upstream = new ScriptedUpstream(host);
        host.UseWebSockets();
        host.Run(upstream.HandleAsync);
        await host.StartAsync();
        upstream.Url = host.Urls.First();
        return upstream;
    }

    /// <summary>Answers with these bytes from now on.</summary>
    public void Says(byte[] body, string contentType = "application/json", int status = 200) => Answer = async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        await context.Response.Body.WriteAsync(body);
    };

    public void Says(string body, string contentType = "application/json", int status = 200) => Says(System.Text.Encoding.UTF8.GetBytes(body), contentType, status);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await host.StopAsync(now.Token);
        await host.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        received.Enqueue(new ReceivedRequest(context.Request.Method, context.Request.Path.Value + context.Request.QueryString.Value, headers, body.ToArray()));
        await Answer(context);
    }
}
