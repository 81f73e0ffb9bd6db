using System.Text.Json;

namespace EdgeFilter.Proxy.Simulation;

/// <summary>The events of one streamed Anthropic message, whatever frames carry them.</summary>
internal sealed class AnthropicEvents(PromptReader prompt, ScriptedAnswer answer, long number)
{
    public IEnumerable<SimulatedEvent> Begin()
    {
        yield return Event("message_start", json =>
        {
            json.WriteStartObject("message");
            AnthropicSimulation.WriteHeadFields(json, prompt, number);
            json.WriteStartArray("content");
            json.WriteEndArray();
            json.WriteNull("stop_reason");
            json.WriteNull("stop_sequence");
            AnthropicSimulation.WriteUsage(json, SimulatedBody.CountTokens(prompt, answer).Input, 1);
            json.WriteEndObject();
        });
        yield return Event("content_block_start", json =>
        {
            json.WriteNumber("index", 0);
            json.WritePropertyName("content_block");
            if (answer.ToolName is null)
            {
                AnthropicSimulation.WriteTextBlock(json, "");
            }
            else
            {
                AnthropicSimulation.WriteToolBlock(json, answer.ToolName, "{}", number);
            }
        });
    }

    public SimulatedEvent Delta(string piece) => Event("content_block_delta", json =>
    {
        json.WriteNumber("index", 0);
        json.WriteStartObject("delta");
        json.WriteString("type", answer.ToolName is null ? "text_delta" : "input_json_delta");
        json.WriteString(answer.ToolName is null ? "text" : "partial_json", piece);
        json.WriteEndObject();
    });

    public IEnumerable<SimulatedEvent> End()
    {
        yield return Event("content_block_stop", json => json.WriteNumber("index", 0));
        yield return Event("message_delta", json =>
        {
            json.WriteStartObject("delta");
            json.WriteString("stop_reason", AnthropicSimulation.StopReason(answer));
            json.WriteNull("stop_sequence");
            json.WriteEndObject();
            json.WriteStartObject("usage");
            json.WriteNumber("output_tokens", SimulatedBody.CountTokens(prompt, answer).Output);
            json.WriteEndObject();
        });
        yield return Event("message_stop", _ => { });
    }

    public static SimulatedEvent Event(string type, Action<Utf8JsonWriter> fields) => new(type, json =>
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        fields(json);
        json.WriteEndObject();
    });
}

/// <summary>An event, ready to be written.</summary>
internal sealed record SimulatedEvent(string Type, Action<Utf8JsonWriter> Write);
