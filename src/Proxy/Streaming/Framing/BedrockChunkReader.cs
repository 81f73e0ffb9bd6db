using System.Text.Json;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// Reads Bedrock's InvokeModelWithResponseStream: frames of Amazon's event stream whose events are a vendor's own, each as base64 in
/// the member <c>bytes</c>. What is handed out is the vendor's event; exceptions are handed out as they are.
/// </summary>
/// <remarks>
/// Members beside <c>bytes</c> and the padding <c>p</c> are left out when the frame is sent on: no vendor's event is in them.
/// </remarks>
/// <param name="frames">Reads the frames around the events.</param>
/// <param name="isNamed">
/// True where the vendor's event is an object with one member that names it (Amazon Nova): the name is the frame's, the data its value.
/// </param>
internal sealed class BedrockChunkReader(EventStreamReader frames, bool isNamed) : IFrameReader
{
    private StreamProblem? problem;

    public StreamProblem? Problem => problem ?? frames.Problem;

    public void Append(ReadOnlySpan<byte> bytes) => frames.Append(bytes);

    public void Complete() => frames.Complete();

    public bool TryRead(StreamFrame frame)
    {
        if (problem is not null || !frames.TryRead(frame))
        {
            return false;
        }

        if (!frame.Name.Span.SequenceEqual("chunk"u8))
        {
            return true;
        }

        if (!TryUnwrap(frame, out var inner))
        {
            problem = StreamProblem.BadFraming;
            return false;
        }

        frame.Name = default;
        frame.Data = inner;
        frame.DataStart = -1;
        if (isNamed)
        {
            TakeName(frame);
        }

        return true;
    }

    public void Dispose() => frames.Dispose();

    private static bool TryUnwrap(StreamFrame frame, out byte[] inner)
    {
        inner = [];
        var found = false;
        try
        {
            var json = new Utf8JsonReader(frame.Data.Span);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueTextEquals("bytes"u8))
                {
                    // Twice would be two events, and readers disagree on which one counts.
                    if (found || !json.Read() || json.TokenType != JsonTokenType.String || !json.TryGetBytesFromBase64(out var decoded))
                    {
                        return false;
                    }

                    (inner, found) = (decoded, true);
                }
                else
                {
                    var isPadding = json.ValueTextEquals("p"u8) && json.Read() && json.TokenType == JsonTokenType.String && IsPadding(json.ValueSpan);
                    frame.IsCanonical &= isPadding;
                    json.Skip();
                }
            }

            return found && json.TokenType == JsonTokenType.EndObject && !json.Read();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The second is what the reader throws on half a surrogate pair.
            return false;
        }
    }

    // The service pads with letters and digits in the order of the alphabet; anything else may be text.
    private static bool IsPadding(ReadOnlySpan<byte> value) =>
        value.Length <= 62 && "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"u8.StartsWith(value);

    /// <summary>Takes the event out of the one member that names it; an object of another shape stays as it is.</summary>
    private static void TakeName(StreamFrame frame)
    {
        try
        {
            var json = new Utf8JsonReader(frame.Data.Span);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject || !json.Read() || json.TokenType != JsonTokenType.PropertyName
                || json.ValueIsEscaped || json.ValueSpan.Length > 64 || json.ValueSpan.StartsWith("!"u8))
            {
                return;
            }

            var name = json.ValueSpan.ToArray();
            json.Read();
            var start = (int)json.TokenStartIndex;
            if (json.TokenType != JsonTokenType.StartObject)
            {
                return;
            }

            json.Skip();
            var end = (int)json.BytesConsumed;
            if (json.Read() && json.TokenType == JsonTokenType.EndObject && !json.Read())
            {
                frame.Name = name;
                frame.Data = frame.Data[start..end];
            }
        }
        catch (JsonException)
        {
            // It is read again, strictly, as what it is.
        }
    }
}
