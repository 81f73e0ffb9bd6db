using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace EdgeFilter.Bench.Load;

/// <summary>The cheapest model API there can be: prepared bytes, whole or as a stream of one event every few milliseconds.</summary>
internal static class Backend
{
    /// <summary>Time between two streamed events: a fast model.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    private static readonly byte[] Completion = Encoding.UTF8.GetBytes(Traffic.Completion);
    private static readonly int WordAt = Completion.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Traffic.Placeholder));
    private static readonly byte[][] Events = [.. Traffic.Deltas.Select(delta => Encoding.UTF8.GetBytes(Traffic.Event(delta)))];
    private static readonly byte[] Closing = Encoding.UTF8.GetBytes(Traffic.Event(null) + "data: [DONE]\n\n");

    private static long answers;

    public static async Task RunAsync(string url)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.AddServerHeader = false);
        var host = builder.Build();
        host.Urls.Add(url);
        host.Run(AnswerAsync);
        await host.RunAsync();
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var streams = await ReadAsync(context.Request);
        await (streams ? StreamAsync(context) : SendAsync(context));
    }

    /// <summary>Reads the body to its end; true when it asks for a stream.</summary>
    private static async Task<bool> ReadAsync(HttpRequest request)
    {
        var streams = false;
        while (true)
        {
            var read = await request.BodyReader.ReadAsync();
            if (read.IsCompleted)
            {
                streams = Encoding.UTF8.GetString(read.Buffer).Contains("\"stream\":true", StringComparison.Ordinal);
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return streams;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static async Task SendAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = Completion.Length;
        var writer = context.Response.BodyWriter;
        var memory = writer.GetMemory(Completion.Length);
        Completion.CopyTo(memory);
        Traffic.WriteWord(memory.Span.Slice(WordAt, 8), Interlocked.Increment(ref answers));
        writer.Advance(Completion.Length);
        await writer.FlushAsync();
    }

    private static async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        using var pace = new PeriodicTimer(Pace);
        foreach (var item in Events)
        {
            await context.Response.BodyWriter.WriteAsync(item, context.RequestAborted);
            await pace.WaitForNextTickAsync(context.RequestAborted);
        }

        await context.Response.BodyWriter.WriteAsync(Closing, context.RequestAborted);
    }
}
