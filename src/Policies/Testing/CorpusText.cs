using System.Text.Json;
using EdgeFilter.Policies.Compilation;

namespace EdgeFilter.Policies.Testing;

/// <summary>A text of a corpus: what it is and who sent it.</summary>
/// <param name="Number">Its line, from 1.</param>
/// <param name="Id">How reports name it.</param>
/// <param name="Text">The text.</param>
/// <param name="Direction">Which way it travels; a prompt when the line doesn't say.</param>
/// <param name="Role">Who speaks.</param>
/// <param name="Context">Who asks for what.</param>
/// <param name="Recorded">The action that was taken when it was recorded; null when the line doesn't say.</param>
public sealed record CorpusText(
    long Number, string Id, string Text, Direction Direction, SegmentRole Role, PolicyContext Context, PolicyAction? Recorded)
{
    /// <summary>Reads a JSON Line: <c>text</c>, and as one likes <c>id, in, role, region, tenant, groups, route, model, protocol, action</c>.</summary>
    /// <exception cref="FormatException">The line is none; the message names the line and never repeats it.</exception>
    public static CorpusText Parse(string line, long number)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var json = document.RootElement;
            var direction = Word<Direction>(json, "in") ?? Direction.Prompt;
            return new CorpusText(
                number,
                json.TryGetProperty("id", out var id) ? id.ToString() : $"line {number}",
                json.GetProperty("text").GetString() ?? throw new FormatException($"Line {number} has no text."),
                direction,
                Word<SegmentRole>(json, "role") ?? (direction == Direction.Prompt ? SegmentRole.User : SegmentRole.Assistant),
                ContextOf(json),
                Word<PolicyAction>(json, "action"));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"Line {number} is not a JSON object with a string 'text'.", e);
        }
    }

    public override string ToString() => $"{Id} ({Text.Length} characters)";

    private static PolicyContext ContextOf(JsonElement json) => new()
    {
        Region = String(json, "region"),
        Tenant = String(json, "tenant"),
        Groups = json.TryGetProperty("groups", out var groups) ? [.. groups.EnumerateArray().Select(g => g.GetString() ?? "")] : [],
        Route = String(json, "route"),
        Model = String(json, "model"),
        Protocol = String(json, "protocol"),
    };

    private static string String(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static T? Word<T>(JsonElement json, string name)
        where T : struct, Enum
    {
        if (!json.TryGetProperty(name, out var value))
        {
            return null;
        }

        var word = value.GetString();
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (Words.Of(candidate) == word)
            {
                return candidate;
            }
        }

        throw new JsonException();
    }
}
