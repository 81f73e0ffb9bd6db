using System.Text.Json;

namespace EdgeFilter.Detection.Tokenizers.Reading;

/// <summary>A part of <c>tokenizer.json</c> that knows where it stands, for messages.</summary>
internal readonly struct JsonPart(JsonElement element, string place)
{
    public JsonElement Element { get; } = element;

    public string Place { get; } = place;

    /// <summary>The value of <c>type</c>; empty where there is none.</summary>
    public string Type => TextOr("type", "");

    public JsonPart Child(string name) => TryChild(name) ?? throw Wrong($"'{name}' is missing");

    /// <summary>The value of a key; null where it is missing or null.</summary>
    public JsonPart? TryChild(string name)
    {
        Expect(JsonValueKind.Object, "an object");
        return Element.TryGetProperty(name, out var child) && child.ValueKind != JsonValueKind.Null ? new JsonPart(child, $"{Place}.{name}") : null;
    }

    public IEnumerable<JsonPart> Items()
    {
        Expect(JsonValueKind.Array, "a list");
        var place = Place;
        return Element.EnumerateArray().Select((item, index) => new JsonPart(item, $"{place}[{index}]"));
    }

    public string Text(string name) => Child(name).Text();

    public string TextOr(string name, string other) => TryChild(name)?.Text() ?? other;

    public string Text()
    {
        Expect(JsonValueKind.String, "a text");
        try
        {
            return Element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Wrong("it holds half a surrogate pair");
        }
    }

    public bool Flag(string name, bool other) => TryChild(name) is { } child
        ? child.Element.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => throw child.Wrong("it must be true or false") }
        : other;

    public int Whole(string name) => Child(name).Whole();

    public int Whole()
    {
        Expect(JsonValueKind.Number, "a whole number");
        return Element.TryGetInt32(out var number) ? number : throw Wrong("it must be a whole number");
    }

    public TokenizerException Wrong(string why) => new($"tokenizer.json, {Place}: {why}.");

    private void Expect(JsonValueKind kind, string what)
    {
        if (Element.ValueKind != kind)
        {
            throw Wrong($"it must be {what}");
        }
    }
}
