using System.Text.Json;

namespace EdgeFilter.Proxy.Sockets;

/// <summary>The little that a relay needs to know of an event beside its texts.</summary>
internal static class SocketEvent
{
    private const int LongestId = 256;

    /// <summary>The response that a server's event belongs to.</summary>
    /// <param name="isLast">True when the event says that the response is over.</param>
    /// <returns>Null when it names none, or is no event: then it is judged like any other.</returns>
    public static string? ResponseOf(ReadOnlySpan<byte> message, out bool isLast)
    {
        isLast = false;
        string? id = null;
        try
        {
            var json = new Utf8JsonReader(message);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("response_id"u8))
                {
                    json.Read();
                    id = Text(json) ?? id;
                }
                else if (json.ValueTextEquals("type"u8))
                {
                    json.Read();
                    isLast = Text(json) is "response.done" or "response.completed" or "response.incomplete" or "response.failed" or "response.cancelled";
                }
                else if (json.ValueTextEquals("response"u8))
                {
                    json.Read();
                    id = IdOf(ref json) ?? id;
                }

                json.Skip();
            }

            return id;
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            return null;
        }
    }

    /// <summary>A client's name for its event; null without one.</summary>
    public static string? IdOfEvent(ReadOnlySpan<byte> message)
    {
        try
        {
            var json = new Utf8JsonReader(message);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("event_id"u8))
                {
                    json.Read();
                    return Text(json);
                }

                json.Read();
                json.Skip();
            }
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            // It is refused without a name.
        }

        return null;
    }

    private static string? IdOf(ref Utf8JsonReader json)
    {
        string? id = null;
        if (json.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        var depth = json.CurrentDepth;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isId = json.ValueTextEquals("id"u8);
            json.Read();
            id = isId ? Text(json) ?? id : id;
            json.Skip();
        }

        return json.CurrentDepth == depth ? id : null;
    }

    private static string? Text(in Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.String && json.ValueSpan.Length <= LongestId ? json.GetString() : null;

    // The reader throws the second on half a surrogate pair.
    private static bool IsUnreadable(Exception error) => error is JsonException or InvalidOperationException;
}
