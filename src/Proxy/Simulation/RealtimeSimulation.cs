using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EdgeFilter.Proxy.Simulation;

/// <summary>OpenAI's Realtime API over a WebSocket: text turns, spoken ones with their transcript, and tool calls.</summary>
internal sealed class RealtimeSimulation(WebSocket socket, Action<byte[]> remember)
{
    private const int LargestMessage = 16 << 20;

    private readonly ArrayBufferWriter<byte> sent = new();
    private string lastUserText = "";
    private bool speaks;
    private int turns;

    public static bool Answers(HttpContext context) =>
        context.WebSockets.IsWebSocketRequest && context.Request.Path.Value!.EndsWith("/realtime", StringComparison.Ordinal);

    /// <summary>Speaks until the client leaves.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await SendAsync("session.created", json => WriteNamed(json, "session", session => session.WriteString("model", "simulated")), cancellation);
        while (await ReceiveAsync(cancellation) is { } message)
        {
            remember(message);
            using var document = JsonDocument.Parse(message);
            await AnswerAsync(document.RootElement, cancellation);
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", cancellation);
    }

    private async Task AnswerAsync(JsonElement message, CancellationToken cancellation)
    {
        switch (message.GetProperty("type").GetString())
        {
            case "session.update":
                speaks = message.GetProperty("session").TryGetProperty("output_modalities", out var modalities) && modalities[0].ValueEquals("audio");
                await SendAsync("session.updated", json => WriteNamed(json, "session", session => session.WriteString("model", "simulated")), cancellation);
                break;
            case "conversation.item.create":
                var item = message.GetProperty("item").Clone();
                lastUserText = item.TryGetProperty("content", out var content) && content[0].TryGetProperty("text", out var text) ? text.GetString()! : "";
                await SendAsync("conversation.item.added", json => WriteValue(json, "item", item), cancellation);
                break;
            case "response.create":
                await RespondAsync(PromptScript.Read(lastUserText), $"{++turns}", cancellation);
                break;
        }
    }

    private async Task RespondAsync(ScriptedAnswer answer, string turn, CancellationToken cancellation)
    {
        var isCall = answer.ToolName is not null;
        var what = isCall ? "response.function_call_arguments" : speaks ? "response.output_audio_transcript" : "response.output_text";
        var whole = isCall ? answer.ToolArguments : answer.Text;
        await SendAsync("response.created", json => WriteResponse(json, turn, "in_progress", null), cancellation);
        await SendAsync("response.output_item.added", json => WriteItem(json, turn, answer, ""), cancellation);
        foreach (var piece in Deltas.Cut(whole, answer.DeltaLength))
        {
            if (answer.Pause > TimeSpan.Zero)
            {
                await Task.Delay(answer.Pause, cancellation);
            }

            await SendAsync(what + ".delta", json => WritePlace(json, turn, "delta", piece), cancellation);
            if (speaks && !isCall)
            {
                await SendAsync("response.output_audio.delta", json => WritePlace(json, turn, "delta", "AAECAwQFBgc="), cancellation);
            }
        }

        await SendAsync(what + ".done", json => WritePlace(json, turn, isCall ? "arguments" : speaks ? "transcript" : "text", whole), cancellation);
        await SendAsync("response.output_item.done", json => WriteItem(json, turn, answer, whole), cancellation);
        await SendAsync("response.done", json => WriteResponse(json, turn, "completed", output => WriteItemObject(output, turn, answer, whole)), cancellation);
    }

    private static void WritePlace(Utf8JsonWriter json, string turn, string member, string text)
    {
        json.WriteString("response_id", "resp_" + turn);
        json.WriteString("item_id", "item_" + turn);
        json.WriteNumber("output_index", 0);
        json.WriteNumber("content_index", 0);
        json.WriteString(member, text);
    }

    private static void WriteResponse(Utf8JsonWriter json, string turn, string status, Action<Utf8JsonWriter>? item) => WriteNamed(json, "response", response =>
    {
        response.WriteString("object", "realtime.response");
        response.WriteString("id", "resp_" + turn);
        response.WriteString("status", status);
        response.WriteStartArray("output");
        item?.Invoke(response);
        response.WriteEndArray();
    });

    private void WriteItem(Utf8JsonWriter json, string turn, ScriptedAnswer answer, string text)
    {
        json.WriteString("response_id", "resp_" + turn);
        json.WriteNumber("output_index", 0);
        json.WritePropertyName("item");
        WriteItemObject(json, turn, answer, text);
    }

    private void WriteItemObject(Utf8JsonWriter json, string turn, ScriptedAnswer answer, string text)
    {
        json.WriteStartObject();
        json.WriteString("id", "item_" + turn);
        if (answer.ToolName is { } tool)
        {
            json.WriteString("type", "function_call");
            json.WriteString("call_id", "call_" + turn);
            json.WriteString("name", tool);
            json.WriteString("arguments", text);
        }
        else
        {
            json.WriteString("type", "message");
            json.WriteString("role", "assistant");
            json.WriteStartArray("content");
            json.WriteStartObject();
            json.WriteString("type", speaks ? "output_audio" : "output_text");
            json.WriteString(speaks ? "transcript" : "text", text);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteNamed(Utf8JsonWriter json, string name, Action<Utf8JsonWriter> fields)
    {
        json.WriteStartObject(name);
        fields(json);
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, string name, JsonElement value)
    {
        json.WritePropertyName(name);
        value.WriteTo(json);
    }

    private async Task SendAsync(string type, Action<Utf8JsonWriter> fields, CancellationToken cancellation)
    {
        sent.ResetWrittenCount();
        SimulatedEvents.WriteJson(sent, new ScriptedAnswer(), json =>
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("event_id", "event_1");
            fields(json);
            json.WriteEndObject();
        });
        await socket.SendAsync(sent.WrittenMemory, WebSocketMessageType.Text, endOfMessage: true, cancellation);
    }

    private async Task<byte[]?> ReceiveAsync(CancellationToken cancellation)
    {
        var buffer = new ArrayBufferWriter<byte>();
        while (buffer.WrittenCount < LargestMessage)
        {
            var received = await socket.ReceiveAsync(buffer.GetMemory(4_096), cancellation);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            buffer.Advance(received.Count);
            if (received.EndOfMessage)
            {
                return buffer.WrittenMemory.ToArray();
            }
        }

        return null;
    }
}
