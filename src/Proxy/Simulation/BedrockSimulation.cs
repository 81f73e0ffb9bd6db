using System.Buffers;
using System.Text;
using System.Text.Json;
using EdgeFilter.Proxy.Streaming;
using Microsoft.AspNetCore.Http;

namespace EdgeFilter.Proxy.Simulation;

/// <summary>AWS Bedrock: Converse and ConverseStream for any model, InvokeModel and its stream with Anthropic's bodies.</summary>
internal static class BedrockSimulation
{
    public static bool Answers(string path) => path.StartsWith("/model/", StringComparison.Ordinal);

    public static Task AnswerAsync(HttpContext context, PromptReader prompt, ScriptedAnswer answer, long number)
    {
        context.Response.Headers["x-amzn-RequestId"] = SimulatedBody.RequestId(number);
        var operation = context.Request.Path.Value![(context.Request.Path.Value!.LastIndexOf('/') + 1)..];
        if (answer.ErrorStatus is { } status)
        {
            context.Response.Headers["x-amzn-ErrorType"] = status switch
            {
                403 => "AccessDeniedException", 429 => "ThrottlingException", >= 500 => "InternalServerException", _ => "ValidationException",
            };
            return SimulatedBody.SendAsync(context, status, answer, json => WriteMessage(json, answer.Text.Length == 0 ? $"Simulated error {status}." : answer.Text));
        }

        return operation switch
        {
            "converse" => SimulatedBody.SendAsync(context, StatusCodes.Status200OK, answer, json => WriteConversation(json, prompt, answer)),
            "converse-stream" => SimulatedStream.RunAsync(answer, new ConverseFrames(context, prompt, answer)),
            "invoke" => AnthropicSimulation.AnswerAsync(context, prompt with { Streams = false }, answer, number),
            _ => SimulatedStream.RunAsync(answer, new InvokeFrames(context, prompt, answer, number)),
        };
    }

    private static void WriteMessage(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("message", text);
        json.WriteEndObject();
    }

    private static void WriteConversation(Utf8JsonWriter json, PromptReader prompt, ScriptedAnswer answer)
    {
        json.WriteStartObject();
        json.WriteStartObject("output");
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteStartArray("content");
        json.WriteStartObject();
        if (answer.ToolName is { } tool)
        {
            json.WriteStartObject("toolUse");
            json.WriteString("toolUseId", "tooluse_1");
            json.WriteString("name", tool);
            json.WritePropertyName("input");
            json.WriteRawValue(answer.ToolArguments);
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("text", answer.Text);
        }

        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("stopReason", StopReason(answer));
        WriteUsage(json, prompt, answer);
        json.WriteEndObject();
    }

    private static void WriteUsage(Utf8JsonWriter json, PromptReader prompt, ScriptedAnswer answer)
    {
        var (input, output) = SimulatedBody.CountTokens(prompt, answer);
        json.WriteStartObject("usage");
        json.WriteNumber("inputTokens", input);
        json.WriteNumber("outputTokens", output);
        json.WriteNumber("totalTokens", input + output);
        json.WriteEndObject();
        json.WriteStartObject("metrics");
        json.WriteNumber("latencyMs", 1);
        json.WriteEndObject();
    }

    private static string StopReason(ScriptedAnswer answer) => answer.ToolName is null ? "end_turn" : "tool_use";

    /// <summary>Frames of Amazon's event stream.</summary>
    private abstract class Frames(HttpContext context, ScriptedAnswer answer) : ISimulatedStream
    {
        private readonly EventStreamWriter writer = new();

        public CancellationToken Cancelled => context.RequestAborted;

        protected ScriptedAnswer Answer => answer;

        public virtual Task BeginAsync()
        {
            context.Response.ContentType = "application/vnd.amazon.eventstream";
            return Task.CompletedTask;
        }

        public abstract Task SendDeltaAsync(string piece);

        public abstract Task EndAsync();

        public Task SendErrorAsync() => SendAsync("!modelStreamErrorException", json => WriteMessage(json, "The simulated model is overloaded."));

        public Task SendOddAsync(bool isReadable) => isReadable
            ? SendAsync("mystery", json =>
            {
                json.WriteStartObject();
                json.WriteString("mystery", SyntheticValues.Leak);
                json.WriteEndObject();
            })
            : SendAsync("contentBlockDelta", "{\"delta\":"u8.ToArray());

        public void Drop() => context.Abort();

        protected Task SendAsync(string type, Action<Utf8JsonWriter> write)
        {
            var payload = new ArrayBufferWriter<byte>();
            SimulatedEvents.WriteJson(payload, answer, write);
            return SendAsync(type, payload.WrittenMemory);
        }

        protected async Task SendAsync(string type, ReadOnlyMemory<byte> payload)
        {
            var frame = new ArrayBufferWriter<byte>();
            writer.Write(Encoding.ASCII.GetBytes(type), payload.Span, frame);
            var rest = frame.WrittenMemory;
            while (!rest.IsEmpty)
            {
                var next = Math.Min(answer.WriteLength ?? rest.Length, rest.Length);
                await context.Response.Body.WriteAsync(rest[..next], Cancelled);
                await context.Response.Body.FlushAsync(Cancelled);
                rest = rest[next..];
            }
        }
    }

    private sealed class ConverseFrames(HttpContext context, PromptReader prompt, ScriptedAnswer answer) : Frames(context, answer)
    {
        public override async Task BeginAsync()
        {
            await base.BeginAsync();
            await SendObjectAsync("messageStart", json => json.WriteString("role", "assistant"));
            if (Answer.ToolName is { } tool)
            {
                await SendObjectAsync("contentBlockStart", json =>
                {
                    json.WriteNumber("contentBlockIndex", 0);
                    json.WriteStartObject("start");
                    json.WriteStartObject("toolUse");
                    json.WriteString("toolUseId", "tooluse_1");
                    json.WriteString("name", tool);
                    json.WriteEndObject();
                    json.WriteEndObject();
                });
            }
        }

        public override Task SendDeltaAsync(string piece) => SendObjectAsync("contentBlockDelta", json =>
        {
            json.WriteNumber("contentBlockIndex", 0);
            json.WriteStartObject("delta");
            if (Answer.ToolName is null)
            {
                json.WriteString("text", piece);
            }
            else
            {
                json.WriteStartObject("toolUse");
                json.WriteString("input", piece);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteString("p", "abcdefgh");
        });

        public override async Task EndAsync()
        {
            await SendObjectAsync("contentBlockStop", json => json.WriteNumber("contentBlockIndex", 0));
            await SendObjectAsync("messageStop", json => json.WriteString("stopReason", StopReason(Answer)));
            await SendObjectAsync("metadata", json => WriteUsage(json, prompt, Answer));
        }

        private Task SendObjectAsync(string type, Action<Utf8JsonWriter> fields) => SendAsync(type, json =>
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        });
    }

    /// <summary>Anthropic's events, each in a frame of its own, as base64.</summary>
    private sealed class InvokeFrames(HttpContext context, PromptReader prompt, ScriptedAnswer answer, long number) : Frames(context, answer)
    {
        private readonly AnthropicEvents events = new(prompt, answer, number);

        public override async Task BeginAsync()
        {
            await base.BeginAsync();
            foreach (var started in events.Begin())
            {
                await SendEventAsync(started);
            }
        }

        public override Task SendDeltaAsync(string piece) => SendEventAsync(events.Delta(piece));

        public override async Task EndAsync()
        {
            foreach (var ended in events.End())
            {
                await SendEventAsync(ended);
            }
        }

        private Task SendEventAsync(SimulatedEvent sent)
        {
            var payload = new ArrayBufferWriter<byte>();
            SimulatedEvents.WriteJson(payload, Answer, sent.Write);
            return SendAsync("chunk", json =>
            {
                json.WriteStartObject();
                json.WriteBase64String("bytes", payload.WrittenSpan);
                json.WriteString("p", "abcdefghijkl");
                json.WriteEndObject();
            });
        }
    }
}
