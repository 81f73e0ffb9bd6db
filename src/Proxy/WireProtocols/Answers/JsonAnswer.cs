using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeFilter.Proxy.WireProtocols.Answers;

/// <summary>Builds the small JSON bodies of answers.</summary>
internal static class JsonAnswer
{
    /// <summary>The media type of server-sent events.</summary>
    public const string Events = "text/event-stream";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Bytes(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            write(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>An answer with the header under which SDKs look for the request's id, and one that tells them whether to ask again.</summary>
    public static NativeAnswer Of(int status, string requestIdHeader, string requestId, bool mayRetry, Action<Utf8JsonWriter> write)
    {
        List<KeyValuePair<string, string>> headers = [new(requestIdHeader, requestId), new("Cache-Control", "no-store")];
        if (!mayRetry)
        {
            headers.Add(new("x-should-retry", "false"));
        }

        return new NativeAnswer(status, NativeAnswer.Json, Bytes(write), headers);
    }
}
