using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EdgeFilter.Proxy.Simulation;

/// <summary>Anthropic Messages as the API answers it, whole and streamed.</summary>
internal static class AnthropicSimulation
{
    public static Task AnswerAsync(HttpContext context, PromptReader prompt, ScriptedAnswer answer, long number) => answer switch
    {
        { ErrorStatus: { } status } => SimulatedBody.SendAsync(context, status, answer, json => WriteError(json, status, answer.Text, number)),
        _ when prompt.Streams => StreamAsync(context, prompt, answer, number),
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

    private static async Task StreamAsync(HttpContext context, PromptReader prompt, ScriptedAnswer answer, long number)
    {
        var events = new SimulatedEvents(context, answer);
        var (input, output) = SimulatedBody.CountTokens(prompt, answer);
        events.Begin();

        await Send("message_start", json =>
        {
            json.WriteStartObject("message");
            WriteHeadFields(json, prompt, number);
            json.WriteStartArray("content");
            json.WriteEndArray();
            json.WriteNull("stop_reason");
            json.WriteNull("stop_sequence");
            WriteUsage(json, input, 1);
            json.WriteEndObject();
        });
        await Send("content_block_start", json =>
        {
            json.WriteNumber("index", 0);
            json.WritePropertyName("content_block");
            if (answer.ToolName is null)
            {
                WriteTextBlock(json, "");
            }
            else
            {
                WriteToolBlock(json, answer.ToolName, "{}", number);
            }
        });
        await Send("ping", _ => { });

        var sent = 0;
        foreach (var delta in Deltas.Cut(answer.ToolName is null ? answer.Text : answer.ToolArguments, answer.DeltaLength))
        {
            if (answer.Fault != StreamFault.None && sent == answer.FaultAfter && !await FailAsync(events, answer, number))
            {
                return;
            }

            await events.PauseAsync();
            await Send("content_block_delta", json => WriteDelta(json, answer.ToolName is not null, delta));
            sent++;
            if (answer.KeepAlives)
            {
                await Send("ping", _ => { });
            }
        }

        await Send("content_block_stop", json => json.WriteNumber("index", 0));
        await Send("message_delta", json =>
        {
            json.WriteStartObject("delta");
            json.WriteString("stop_reason", StopReason(answer));
            json.WriteNull("stop_sequence");
            json.WriteEndObject();
            json.WriteStartObject("usage");
            json.WriteNumber("output_tokens", output);
            json.WriteEndObject();
        });
        await Send("message_stop", _ => { });

        Task Send(string type, Action<Utf8JsonWriter> fields) => SendEventAsync(events, type, fields);
    }

    private static Task SendEventAsync(SimulatedEvents events, string type, Action<Utf8JsonWriter> fields) => events.SendAsync(type, json =>
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        fields(json);
        json.WriteEndObject();
    });

    /// <summary>Misbehaves as the script asks. True when the stream goes on afterwards.</summary>
    private static async Task<bool> FailAsync(SimulatedEvents events, ScriptedAnswer answer, long number)
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
                await events.SendAsync("error", json => WriteError(json, 529, "The simulated model is overloaded.", number));
                return false;
            case StreamFault.Garbage:
                await events.SendRawAsync("event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":\n\n");
                return true;
            case StreamFault.Unknown:
                await SendEventAsync(events, "content_block_mystery", json => json.WriteString("mystery", SyntheticValues.Leak));
                return true;
            default:
                var text = new string('a', 4 << 20);
                await SendEventAsync(events, "content_block_delta", json => WriteDelta(json, isTool: false, text));
                return true;
        }
    }

    private static void WriteDelta(Utf8JsonWriter json, bool isTool, string text)
    {
        json.WriteNumber("index", 0);
        json.WriteStartObject("delta");
        json.WriteString("type", isTool ? "input_json_delta" : "text_delta");
        json.WriteString(isTool ? "partial_json" : "text", text);
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, PromptReader prompt, long number)
    {
        json.WriteStartObject();
        WriteHeadFields(json, prompt, number);
    }

    private static void WriteHeadFields(Utf8JsonWriter json, PromptReader prompt, long number)
    {
        json.WriteString("id", $"msg_{number}");
        json.WriteString("type", "message");
        json.WriteString("role", "assistant");
        json.WriteString("model", prompt.Model);
    }

    private static void WriteTextBlock(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "text");
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static void WriteToolBlock(Utf8JsonWriter json, string name, string input, long number)
    {
        json.WriteStartObject();
        json.WriteString("type", "tool_use");
        json.WriteString("id", $"toolu_{number}");
        json.WriteString("name", name);
        json.WritePropertyName("input");
        json.WriteRawValue(input);
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, int input, int output)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", input);
        json.WriteNumber("output_tokens", output);
        json.WriteEndObject();
    }

    private static string StopReason(ScriptedAnswer answer) => answer.ToolName is null ? "end_turn" : "tool_use";
}
