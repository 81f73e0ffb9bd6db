using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EdgeFilter.Proxy.Simulation;

/// <summary>Cohere's chat, version 2, whole and streamed.</summary>
internal static class CohereSimulation
{
    public static bool Answers(string path) => path == "/v2/chat";

    public static Task AnswerAsync(HttpContext context, PromptReader prompt, ScriptedAnswer answer, long number) => answer switch
    {
        { ErrorStatus: { } status } => SimulatedBody.SendAsync(context, status, answer, json => WriteError(json, status, answer.Text)),
        _ when prompt.Streams => SimulatedStream.RunAsync(answer, new CohereEvents(context, prompt, answer, number)),
        _ => SimulatedBody.SendAsync(context, StatusCodes.Status200OK, answer, json => WriteMessage(json, prompt, answer, number)),
    };

    private static void WriteError(Utf8JsonWriter json, int status, string text)
    {
        json.WriteStartObject();
        json.WriteString("message", text.Length == 0 ? $"Simulated error {status}." : text);
        json.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter json, PromptReader prompt, ScriptedAnswer answer, long number)
    {
        json.WriteStartObject();
        json.WriteString("id", SimulatedBody.RequestId(number));
        json.WriteString("finish_reason", Finish(answer));
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        if (answer.ToolName is { } tool)
        {
            json.WriteStartArray("tool_calls");
            WriteCall(json, tool, answer.ToolArguments, number);
            json.WriteEndArray();
        }
        else
        {
            json.WriteStartArray("content");
            WriteText(json, answer.Text);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        WriteUsage(json, prompt, answer);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "text");
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static void WriteCall(Utf8JsonWriter json, string name, string arguments, long number)
    {
        json.WriteStartObject();
        json.WriteString("id", $"call_{number}");
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", name);
        json.WriteString("arguments", arguments);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, PromptReader prompt, ScriptedAnswer answer)
    {
        var (input, output) = SimulatedBody.CountTokens(prompt, answer);
        json.WriteStartObject("usage");
        json.WriteStartObject("tokens");
        json.WriteNumber("input_tokens", input);
        json.WriteNumber("output_tokens", output);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Finish(ScriptedAnswer answer) => answer.ToolName is null ? "COMPLETE" : "TOOL_CALL";

    private sealed class CohereEvents(HttpContext context, PromptReader prompt, ScriptedAnswer answer, long number) : ISimulatedStream
    {
        private readonly SimulatedEvents events = new(context, answer);

        public CancellationToken Cancelled => events.Cancelled;

        public async Task BeginAsync()
        {
            events.Begin();
            await SendAsync("message-start", json =>
            {
                json.WriteString("id", SimulatedBody.RequestId(number));
                WriteDelta(json, "role", role => role.WriteStringValue("assistant"));
            });
            if (answer.ToolName is { } tool)
            {
                await SendAsync("tool-call-start", json => WriteIndexed(json, "tool_calls", call => WriteCall(call, tool, "", number)));
            }
            else
            {
                await SendAsync("content-start", json => WriteIndexed(json, "content", text => WriteText(text, "")));
            }
        }

        public Task SendDeltaAsync(string piece) => answer.ToolName is null
            ? SendAsync("content-delta", json => WriteIndexed(json, "content", content =>
            {
                content.WriteStartObject();
                content.WriteString("text", piece);
                content.WriteEndObject();
            }))
            : SendAsync("tool-call-delta", json => WriteIndexed(json, "tool_calls", call =>
            {
                call.WriteStartObject();
                call.WriteStartObject("function");
                call.WriteString("arguments", piece);
                call.WriteEndObject();
                call.WriteEndObject();
            }));

        public async Task EndAsync()
        {
            await SendAsync(answer.ToolName is null ? "content-end" : "tool-call-end", json => json.WriteNumber("index", 0));
            await SendAsync("message-end", json =>
            {
                json.WriteStartObject("delta");
                json.WriteString("finish_reason", Finish(answer));
                WriteUsage(json, prompt, answer);
                json.WriteEndObject();
            });
        }

        public Task SendErrorAsync() => SendAsync("message-end", json =>
        {
            json.WriteStartObject("delta");
            json.WriteString("finish_reason", "ERROR");
            json.WriteString("error", "The simulated model is overloaded.");
            json.WriteEndObject();
        });

        public Task SendOddAsync(bool isReadable) => isReadable
            ? SendAsync("mystery", json => json.WriteString("mystery", SyntheticValues.Leak))
            : events.SendRawAsync("event: content-delta\ndata: {\"type\":\n\n");

        public void Drop() => events.Drop();

        private static void WriteIndexed(Utf8JsonWriter json, string member, Action<Utf8JsonWriter> value)
        {
            json.WriteNumber("index", 0);
            WriteDelta(json, member, value);
        }

        private static void WriteDelta(Utf8JsonWriter json, string member, Action<Utf8JsonWriter> value)
        {
            json.WriteStartObject("delta");
            json.WriteStartObject("message");
            json.WritePropertyName(member);
            value(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        private Task SendAsync(string type, Action<Utf8JsonWriter> fields) => events.SendAsync(type, json =>
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            fields(json);
            json.WriteEndObject();
        });
    }
}
