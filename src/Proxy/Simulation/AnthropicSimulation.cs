using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EdgeFilter.Proxy.Simulation;

/// <summary>Anthropic Messages as the API answers it, whole and streamed.</summary>
internal static class AnthropicSimulation
{
    public static Task AnswerAsync(HttpContext context, PromptReader prompt, ScriptedAnswer answer, long number) => answer switch
    {
        { ErrorStatus: { } status } => SimulatedBody.SendAsync(context, status, answer, json => WriteError(json, status, answer.Text, number)),
        _ when prompt.Streams => SimulatedStream.RunAsync(answer, new Stream(context, prompt, answer, number)),
        _ => SimulatedBody.SendAsync(context, StatusCodes.Status200OK, answer, json => WriteMessage(json, prompt, answer, number)),
    };

    public static void WriteError(Utf8JsonWriter json, int status, string text, long number)
    {
        json.WriteStartObject();
        json.WriteString("type", "error");
        json.WriteStartObject("error");
        json.WriteString("type", status switch
        {
            401 => "authentication_error",
            403 => "permission_error",
            404 => "not_found_error",
            413 => "request_too_large",
            429 => "rate_limit_error",
            529 => "overloaded_error",
            >= 500 => "api_error",
            _ => "invalid_request_error",
        });
        json.WriteString("message", text.Length == 0 ? $"Simulated error {status}." : text);
        json.WriteEndObject();
        json.WriteString("request_id", SimulatedBody.RequestId(number));
        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, PromptReader prompt, ScriptedAnswer answer, long number)
    {
        WriteHead(json, prompt, number);
        json.WriteStartArray("content");
        if (answer.ToolName is null)
        {
            WriteTextBlock(json, answer.Text);
        }
        else
        {
            WriteToolBlock(json, answer.ToolName, answer.ToolArguments, number);
        }

        json.WriteEndArray();
        json.WriteString("stop_reason", StopReason(answer));
        json.WriteNull("stop_sequence");
        var (input, output) = SimulatedBody.CountTokens(prompt, answer);
        WriteUsage(json, input, output);
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, PromptReader prompt, long number)
    {
        json.WriteStartObject();
        WriteHeadFields(json, prompt, number);
    }

    public static void WriteHeadFields(Utf8JsonWriter json, PromptReader prompt, long number)
    {
        json.WriteString("id", $"msg_{number}");
        json.WriteString("type", "message");
        json.WriteString("role", "assistant");
        json.WriteString("model", prompt.Model);
    }

    public static void WriteTextBlock(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "text");
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    public static void WriteToolBlock(Utf8JsonWriter json, string name, string input, long number)
    {
        json.WriteStartObject();
        json.WriteString("type", "tool_use");
        json.WriteString("id", $"toolu_{number}");
        json.WriteString("name", name);
        json.WritePropertyName("input");
        json.WriteRawValue(input);
        json.WriteEndObject();
    }

    public static void WriteUsage(Utf8JsonWriter json, int input, int output)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", input);
        json.WriteNumber("output_tokens", output);
        json.WriteEndObject();
    }

    public static string StopReason(ScriptedAnswer answer) => answer.ToolName is null ? "end_turn" : "tool_use";

    private sealed class Stream(HttpContext context, PromptReader prompt, ScriptedAnswer answer, long number) : ISimulatedStream
    {
        private static readonly SimulatedEvent Ping = AnthropicEvents.Event("ping", _ => { });
        private readonly SimulatedEvents events = new(context, answer);
        private readonly AnthropicEvents script = new(prompt, answer, number);

        public CancellationToken Cancelled => events.Cancelled;

        public async Task BeginAsync()
        {
            events.Begin();
            foreach (var started in script.Begin().Append(Ping))
            {
                await SendAsync(started);
            }
        }

        public async Task SendDeltaAsync(string piece)
        {
            await SendAsync(script.Delta(piece));
            if (answer.KeepAlives)
            {
                await SendAsync(Ping);
            }
        }

        public async Task EndAsync()
        {
            foreach (var ended in script.End())
            {
                await SendAsync(ended);
            }
        }

        public Task SendErrorAsync() => events.SendAsync("error", json => WriteError(json, 529, "The simulated model is overloaded.", number));

        public Task SendOddAsync(bool isReadable) => isReadable
            ? SendAsync(AnthropicEvents.Event("content_block_mystery", json => json.WriteString("mystery", SyntheticValues.Leak)))
            : events.SendRawAsync("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":\n\n");

        public void Drop() => events.Drop();

        private Task SendAsync(SimulatedEvent sent) => events.SendAsync(sent.Type, sent.Write);
    }
}
