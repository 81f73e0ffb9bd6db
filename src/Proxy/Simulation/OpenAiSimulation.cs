using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EdgeFilter.Proxy.Simulation;

/// <summary>OpenAI Chat Completions as the API answers it, whole and streamed.</summary>
internal static class OpenAiSimulation
{
    // A fixed moment, so that answers are the same on every run.
    private const long Created = 1_763_800_000;

    public static Task AnswerAsync(HttpContext context, PromptReader prompt, ScriptedAnswer answer, long number) => answer switch
    {
        { ErrorStatus: { } status } => SimulatedBody.SendAsync(context, status, answer, json => WriteError(json, status, answer.Text)),
        _ when prompt.Streams => StreamAsync(context, prompt, answer, number),
        _ => SimulatedBody.SendAsync(context, StatusCodes.Status200OK, answer, json => WriteCompletion(json, prompt, answer, number)),
    };

    public static void WriteModels(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("object", "list");
        json.WriteStartArray("data");
        json.WriteStartObject();
        json.WriteString("id", "simulated");
        json.WriteString("object", "model");
        json.WriteNumber("created", Created);
        json.WriteString("owned_by", "simulation");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteError(Utf8JsonWriter json, int status, string text)
    {
        var (type, code) = status switch
        {
            401 => ("invalid_request_error", "invalid_api_key"),
            404 => ("invalid_request_error", "not_found"),
            429 => ("requests", "rate_limit_exceeded"),
            >= 500 => ("server_error", null),
            _ => ("invalid_request_error", (string?)null),
        };
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", text.Length == 0 ? $"Simulated error {status}." : text);
        json.WriteString("type", type);
        json.WriteNull("param");
        json.WriteString("code", code);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteCompletion(Utf8JsonWriter json, PromptReader prompt, ScriptedAnswer answer, long number)
    {
        WriteHead(json, "chat.completion", prompt, number);
        json.WriteStartArray("choices");
        for (var i = 0; i < prompt.Choices; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("index", i);
            json.WriteStartObject("message");
            json.WriteString("role", "assistant");
            json.WriteString("content", answer.ToolName is null ? answer.Text : null);
            json.WriteNull("refusal");
            if (answer.ToolName is not null)
            {
                json.WriteStartArray("tool_calls");
                WriteToolCall(json, answer.ToolName, answer.ToolArguments, index: null, number);
                json.WriteEndArray();
            }

            json.WriteStartArray("annotations");
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteNull("logprobs");
            json.WriteString("finish_reason", FinishReason(answer));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteUsage(json, prompt, answer);
        json.WriteEndObject();
    }

    private static async Task StreamAsync(HttpContext context, PromptReader prompt, ScriptedAnswer answer, long number)
    {
        var events = new SimulatedEvents(context, answer);
        events.Begin();

        await EachChoiceAsync(i => Chunk(i, json =>
        {
            json.WriteString("role", "assistant");
            json.WriteString("content", answer.ToolName is null ? "" : null);
            json.WriteNull("refusal");
        }));
        if (answer.ToolName is { } tool)
        {
            await EachChoiceAsync(i => Chunk(i, json => WriteToolFragment(json, tool, answer.WholeCalls ? answer.ToolArguments : "", number)));
        }

        var sent = 0;
        foreach (var delta in Deltas.Cut(answer.ToolName is null ? answer.Text : answer.WholeCalls ? "" : answer.ToolArguments, answer.DeltaLength))
        {
            if (answer.Fault != StreamFault.None && sent == answer.FaultAfter && !await FailAsync(events, prompt, answer, number))
            {
                return;
            }

            await events.PauseAsync();
            await EachChoiceAsync(i => Chunk(i, json =>
            {
                if (answer.ToolName is null)
                {
                    json.WriteString("content", delta);
                }
                else
                {
                    WriteToolFragment(json, null, delta, number);
                }
            }));
            sent++;
            if (answer.KeepAlives)
            {
                await events.SendRawAsync(": keep-alive\n\n");
            }
        }

        await EachChoiceAsync(i => Chunk(i, _ => { }, FinishReason(answer)));
        if (prompt.IncludesUsage)
        {
            await events.SendAsync(null, json =>
            {
                WriteHead(json, "chat.completion.chunk", prompt, number);
                json.WriteStartArray("choices");
                json.WriteEndArray();
                WriteUsage(json, prompt, answer);
                json.WriteEndObject();
            });
        }

        await events.SendRawAsync("data: [DONE]\n\n");

        Task Chunk(int index, Action<Utf8JsonWriter> delta, string? finish = null) =>
            events.SendAsync(null, json => WriteChunk(json, prompt, number, index, delta, finish));

        async Task EachChoiceAsync(Func<int, Task> send)
        {
            for (var i = 0; i < prompt.Choices; i++)
            {
                await send(i);
            }
        }
    }

    /// <summary>Misbehaves as the script asks. True when the stream goes on afterwards.</summary>
    private static async Task<bool> FailAsync(SimulatedEvents events, PromptReader prompt, ScriptedAnswer answer, long number)
    {
        switch (answer.Fault)
        {
            case StreamFault.Drop:
                events.Drop();
                return false;
            case StreamFault.End:
                return false;
            case StreamFault.Stall:
                await events.StallAsync();
                return false;
            case StreamFault.Error:
                await events.SendAsync(null, json => WriteError(json, 500, "The simulated model failed."));
                return false;
            case StreamFault.Garbage:
                await events.SendRawAsync("data: {\"id\":\"chatcmpl-broken\",\"choices\":[{\"delta\":{\"content\":\n\n");
                return true;
            case StreamFault.Unknown:
                await events.SendAsync("chat.mystery", json =>
                {
                    json.WriteStartObject();
                    json.WriteString("object", "chat.mystery");
                    json.WriteString("mystery", SyntheticValues.Leak);
                    json.WriteEndObject();
                });
                return true;
            default:
                var text = new string('a', 4 << 20);
                await events.SendAsync(null, json => WriteChunk(json, prompt, number, 0, delta => delta.WriteString("content", text), finish: null));
                return true;
        }
    }

    private static void WriteChunk(Utf8JsonWriter json, PromptReader prompt, long number, int index, Action<Utf8JsonWriter> delta, string? finish)
    {
        WriteHead(json, "chat.completion.chunk", prompt, number);
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", index);
        json.WriteStartObject("delta");
        delta(json);
        json.WriteEndObject();
        json.WriteNull("logprobs");
        json.WriteString("finish_reason", finish);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, string kind, PromptReader prompt, long number)
    {
        json.WriteStartObject();
        json.WriteString("id", $"chatcmpl-{number}");
        json.WriteString("object", kind);
        json.WriteNumber("created", Created);
        json.WriteString("model", prompt.Model);
    }

    private static void WriteToolFragment(Utf8JsonWriter json, string? name, string arguments, long number)
    {
        json.WriteStartArray("tool_calls");
        WriteToolCall(json, name, arguments, index: 0, number);
        json.WriteEndArray();
    }

    /// <param name="name">The tool, or null in the later fragments of a call, which carry neither name nor id.</param>
    private static void WriteToolCall(Utf8JsonWriter json, string? name, string arguments, int? index, long number)
    {
        json.WriteStartObject();
        if (index is { } position)
        {
            json.WriteNumber("index", position);
        }

        if (name is not null)
        {
            json.WriteString("id", $"call_{number}");
            json.WriteString("type", "function");
        }

        json.WriteStartObject("function");
        if (name is not null)
        {
            json.WriteString("name", name);
        }

        json.WriteString("arguments", arguments);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, PromptReader prompt, ScriptedAnswer answer)
    {
        var (input, output) = SimulatedBody.CountTokens(prompt, answer);
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", input);
        json.WriteNumber("completion_tokens", output);
        json.WriteNumber("total_tokens", input + output);
        json.WriteEndObject();
    }

    private static string FinishReason(ScriptedAnswer answer) => answer.ToolName is null ? "stop" : "tool_calls";
}
