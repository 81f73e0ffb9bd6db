using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EdgeFilter.Proxy.Simulation;

/// <summary>Gemini's <c>generateContent</c> and <c>streamGenerateContent</c>, the latter as events or as a JSON array.</summary>
internal static class GeminiSimulation
{
    public static bool Answers(string path) => path.Contains(":generateContent", StringComparison.Ordinal) || path.Contains(":streamGenerateContent", StringComparison.Ordinal);

    public static Task AnswerAsync(HttpContext context, PromptReader prompt, ScriptedAnswer answer, long number)
    {
        if (answer.ErrorStatus is { } status)
        {
            return SimulatedBody.SendAsync(context, status, answer, json => WriteError(json, status, answer.Text));
        }

        return context.Request.Path.Value!.Contains(":stream", StringComparison.Ordinal)
            ? SimulatedStream.RunAsync(answer, new GeminiEvents(context, prompt, answer, number, isArray: context.Request.Query["alt"] != "sse"))
            : SimulatedBody.SendAsync(context, StatusCodes.Status200OK, answer, json => WriteAnswer(json, prompt, answer, number, answer.Text, isLast: true));
    }

    public static void WriteError(Utf8JsonWriter json, int status, string text)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteNumber("code", status);
        json.WriteString("message", text.Length == 0 ? $"Simulated error {status}." : text);
        json.WriteString("status", status switch { 429 => "RESOURCE_EXHAUSTED", >= 500 => "UNAVAILABLE", _ => "INVALID_ARGUMENT" });
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>An answer, or a piece of one.</summary>
    /// <param name="text">Null for a piece without any.</param>
    public static void WriteAnswer(Utf8JsonWriter json, PromptReader prompt, ScriptedAnswer answer, long number, string? text, bool isLast)
    {
        json.WriteStartObject();
        json.WriteStartArray("candidates");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("content");
        json.WriteString("role", "model");
        json.WriteStartArray("parts");
        json.WriteStartObject();
        if (answer.ToolName is { } tool)
        {
            json.WriteStartObject("functionCall");
            json.WriteString("name", tool);
            json.WritePropertyName("args");
            json.WriteRawValue(answer.ToolArguments);
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("text", text ?? "");
        }

        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        if (isLast)
        {
            json.WriteString("finishReason", "STOP");
        }

        json.WriteEndObject();
        json.WriteEndArray();
        var (input, output) = SimulatedBody.CountTokens(prompt, answer);
        json.WriteStartObject("usageMetadata");
        json.WriteNumber("promptTokenCount", input);
        json.WriteNumber("candidatesTokenCount", output);
        json.WriteNumber("totalTokenCount", input + output);
        json.WriteEndObject();
        json.WriteString("modelVersion", "simulated");
        json.WriteString("responseId", SimulatedBody.RequestId(number));
        json.WriteEndObject();
    }

    private sealed class GeminiEvents(HttpContext context, PromptReader prompt, ScriptedAnswer answer, long number, bool isArray) : ISimulatedStream
    {
        private readonly SimulatedEvents events = new(context, answer);
        private bool hasBegun;

        public CancellationToken Cancelled => events.Cancelled;

        public Task BeginAsync()
        {
            events.Begin();
            if (isArray)
            {
                context.Response.ContentType = "application/json; charset=UTF-8";
            }

            return Task.CompletedTask;
        }

        // A call comes in one piece.
        public Task SendDeltaAsync(string piece) =>
            answer.ToolName is null ? SendAsync(json => WriteAnswer(json, prompt, answer, number, piece, isLast: false)) : Task.CompletedTask;

        public async Task EndAsync()
        {
            await SendAsync(json => WriteAnswer(json, prompt, answer, number, null, isLast: true));
            if (isArray)
            {
                await events.SendRawAsync("]");
            }
        }

        public Task SendErrorAsync() => SendAsync(json => WriteError(json, StatusCodes.Status503ServiceUnavailable, "The simulated model is overloaded."));

        public Task SendOddAsync(bool isReadable) => isReadable
            ? SendAsync(json =>
            {
                json.WriteStartObject();
                json.WriteString("mystery", SyntheticValues.Leak);
                json.WriteEndObject();
            })
            : events.SendRawAsync(isArray ? ",{\"candidates\":" : "data: {\"candidates\":\r\n\r\n");

        public void Drop() => events.Drop();

        private Task SendAsync(Action<Utf8JsonWriter> write)
        {
            var before = !isArray ? "data: " : hasBegun ? ",\r\n" : "[";
            hasBegun = true;
            return events.SendRawAsync(before, write, isArray ? "\r\n" : "\r\n\r\n");
        }
    }
}
