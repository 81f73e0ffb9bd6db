using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EdgeFilter.Proxy.Simulation;

/// <summary>Ollama's chat and generate, whole and as lines.</summary>
internal static class OllamaSimulation
{
    public static bool Answers(string path) => path is "/api/chat" or "/api/generate";

    public static Task AnswerAsync(HttpContext context, PromptReader prompt, ScriptedAnswer answer)
    {
        if (answer.ErrorStatus is { } status)
        {
            return SimulatedBody.SendAsync(context, status, answer, json => WriteError(json, answer.Text.Length == 0 ? $"Simulated error {status}." : answer.Text));
        }

        var isChat = context.Request.Path.Value == "/api/chat";
        return prompt.StreamsByDefault
            ? SimulatedStream.RunAsync(answer, new Lines(context, prompt, answer, isChat))
            : SimulatedBody.SendAsync(context, StatusCodes.Status200OK, answer, json => WriteLine(json, prompt, answer, isChat, answer.Text, isLast: true, hasCall: answer.ToolName is not null));
    }

    private static void WriteError(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("error", text);
        json.WriteEndObject();
    }

    private static void WriteLine(Utf8JsonWriter json, PromptReader prompt, ScriptedAnswer answer, bool isChat, string text, bool isLast, bool hasCall)
    {
        json.WriteStartObject();
        json.WriteString("model", prompt.Model);
        json.WriteString("created_at", "2026-11-22T10:00:00.000000Z");
        if (isChat)
        {
            json.WriteStartObject("message");
            json.WriteString("role", "assistant");
            json.WriteString("content", text);
            if (hasCall)
            {
                json.WriteStartArray("tool_calls");
                json.WriteStartObject();
                json.WriteStartObject("function");
                json.WriteString("name", answer.ToolName);
                json.WritePropertyName("arguments");
                json.WriteRawValue(answer.ToolArguments);
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }
        else
        {
            json.WriteString("response", text);
        }

        json.WriteBoolean("done", isLast);
        if (isLast)
        {
            var (input, output) = SimulatedBody.CountTokens(prompt, answer);
            json.WriteString("done_reason", "stop");
            json.WriteNumber("total_duration", 1);
            json.WriteNumber("prompt_eval_count", input);
            json.WriteNumber("eval_count", output);
        }

        json.WriteEndObject();
    }

    private sealed class Lines(HttpContext context, PromptReader prompt, ScriptedAnswer answer, bool isChat) : ISimulatedStream
    {
        private readonly SimulatedEvents events = new(context, answer);

        public CancellationToken Cancelled => events.Cancelled;

        public Task BeginAsync()
        {
            context.Response.ContentType = "application/x-ndjson";
            return answer.ToolName is null ? Task.CompletedTask : SendAsync("", isLast: false, hasCall: true);
        }

        public Task SendDeltaAsync(string piece) => answer.ToolName is null ? SendAsync(piece, isLast: false) : Task.CompletedTask;

        public Task EndAsync() => SendAsync("", isLast: true);

        public Task SendErrorAsync() => events.SendRawAsync("", json => WriteError(json, "The simulated model is overloaded."), "\n");

        public Task SendOddAsync(bool isReadable) => isReadable
            ? events.SendRawAsync("", json =>
            {
                json.WriteStartObject();
                json.WriteString("mystery", SyntheticValues.Leak);
                json.WriteEndObject();
            }, "\n")
            : events.SendRawAsync("{\"message\":\n");

        public void Drop() => events.Drop();

        private Task SendAsync(string text, bool isLast, bool hasCall = false) =>
            events.SendRawAsync("", json => WriteLine(json, prompt, answer, isChat, text, isLast, hasCall), "\n");
    }
}
