using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EdgeFilter.Proxy.Simulation;

/// <summary>Writes server-sent events the way the script asks for: paced, escaped, and in network writes of any size.</summary>
internal sealed class SimulatedEvents(HttpContext context, ScriptedAnswer answer)
{
    private readonly ArrayBufferWriter<byte> buffer = new();

    public CancellationToken Cancelled => context.RequestAborted;

    public void Begin()
    {
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
    }

    /// <param name="name">The event's name, or null for a protocol that has none.</param>
    /// <param name="write">Writes the event's data, one JSON value.</param>
    public Task SendAsync(string? name, Action<Utf8JsonWriter> write)
    {
        buffer.ResetWrittenCount();
        if (name is not null)
        {
            Append("event: ");
            Append(name);
            Append("\n");
        }

        Append("data: ");
        WriteJson(buffer, answer, write);
        Append("\n\n");
        return FlushAsync();
    }

    public Task SendRawAsync(string text)
    {
        buffer.ResetWrittenCount();
        Append(text);
        return FlushAsync();
    }

    /// <summary>Sends one JSON value between two fixed texts.</summary>
    public Task SendRawAsync(string before, Action<Utf8JsonWriter> write, string after)
    {
        buffer.ResetWrittenCount();
        Append(before);
        WriteJson(buffer, answer, write);
        Append(after);
        return FlushAsync();
    }

    public Task PauseAsync() => answer.Pause > TimeSpan.Zero ? Task.Delay(answer.Pause, Cancelled) : Task.CompletedTask;

    /// <summary>Cuts the connection, so that the reader sees a reset or an early end.</summary>
    public void Drop() => context.Abort();

    public Task StallAsync() => Task.Delay(Timeout.Infinite, Cancelled);

    public static void WriteJson(IBufferWriter<byte> output, ScriptedAnswer answer, Action<Utf8JsonWriter> write)
    {
        var encoder = answer.Escaped ? JavaScriptEncoder.Default : JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = encoder });
        write(json);
    }

    private void Append(string text) => Encoding.UTF8.GetBytes(text, buffer);

    private async Task FlushAsync()
    {
        var rest = buffer.WrittenMemory;
        while (!rest.IsEmpty)
        {
            var next = Math.Min(answer.WriteLength ?? rest.Length, rest.Length);
            await context.Response.Body.WriteAsync(rest[..next], Cancelled);
            await context.Response.Body.FlushAsync(Cancelled);
            rest = rest[next..];
        }
    }
}
