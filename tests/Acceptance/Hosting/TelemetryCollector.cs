using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace EdgeFilter.Acceptance.Hosting;

/// <summary>Takes whatever is sent to an OpenTelemetry collector, and keeps the bytes.</summary>
internal sealed class TelemetryCollector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> taken = new();

    private TelemetryCollector(WebApplication app) => this.app = app;

    public string Url => app.Urls.First();

    /// <summary>Everything that came to a path, headers aside.</summary>
    public string Taken(string path) =>
        string.Concat(taken.Where(message => message.Path == path).Select(message => Encoding.Latin1.GetString(message.Body)));

    public static async Task<TelemetryCollector> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var collector = new TelemetryCollector(builder.Build());
        collector.app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            collector.taken.Enqueue((context.Request.Path, body.ToArray()));
        });
        await collector.app.StartAsync();
        return collector;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
