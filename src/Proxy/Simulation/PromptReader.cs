using System.Text;
using System.Text.Json;

namespace EdgeFilter.Proxy.Simulation;

/// <summary>The few things that the simulation needs to know of a request, whatever the protocol.</summary>
internal sealed record PromptReader(string LastUserText, bool EndsWithToolResult, bool Streams, bool IncludesUsage, int Choices, string Model)
{
    /// <summary>True unless the request says <c>stream: false</c>.</summary>
    public bool StreamsByDefault { get; private init; } = true;

    /// <exception cref="JsonException">The body is not a JSON object.</exception>
    public static PromptReader Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 512 });
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("The body is not an object.");
        }

        var (text, toolResult) = LastMessage(root);
        var usage = root.TryGetProperty("stream_options", out var options) && IsTrue(options, "include_usage");
        var choices = root.TryGetProperty("n", out var n) && n.TryGetInt32(out var count) ? Math.Clamp(count, 1, 8) : 1;
        var model = root.TryGetProperty("model", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "simulated";
        return new PromptReader(text, toolResult, IsTrue(root, "stream"), usage, choices, model)
        {
            StreamsByDefault = !(root.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.False),
        };
    }

    private static (string Text, bool ToolResult) LastMessage(JsonElement root)
    {
        // Ollama's generate has one prompt; Gemini calls messages contents and their content parts.
        if (root.TryGetProperty("prompt", out var only) && only.ValueKind == JsonValueKind.String)
        {
            return (only.GetString()!, false);
        }

        var isGemini = root.TryGetProperty("contents", out var messages);
        if (!(isGemini || root.TryGetProperty("messages", out messages)) || messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() == 0)
        {
            return ("", false);
        }

        var last = messages[messages.GetArrayLength() - 1];
        if (last.ValueKind != JsonValueKind.Object || !last.TryGetProperty(isGemini ? "parts" : "content", out var content))
        {
            return ("", false);
        }

        var isTool = last.TryGetProperty("role", out var role) && role.ValueEquals("tool");
        return content.ValueKind switch
        {
            JsonValueKind.String => (content.GetString()!, isTool),
            JsonValueKind.Array => (TextOf(content), isTool || content.EnumerateArray().Any(IsToolResult)),
            _ => ("", isTool),
        };
    }

    private static string TextOf(JsonElement parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts.EnumerateArray())
        {
            if (part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text", out var piece) && piece.ValueKind == JsonValueKind.String)
            {
                text.Append(piece.GetString());
            }
        }

        return text.ToString();
    }

    private static bool IsToolResult(JsonElement part) =>
        part.ValueKind == JsonValueKind.Object
        && (part.TryGetProperty("toolResult", out _) || part.TryGetProperty("functionResponse", out _)
            || (part.TryGetProperty("type", out var type) && type.ValueEquals("tool_result")));

    private static bool IsTrue(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
