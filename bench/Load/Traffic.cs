using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EdgeFilter.Bench.Load;

/// <summary>
/// The requests and answers that every target carries: chat requests of about 2 KB in turn (letters, minutes, source code, records, a
/// table; see Prompts) and an answer of about 0.6 KB, without anything to redact, as most traffic is. One word of the last message and
/// of the answer differs each time, so that no cache of whole texts can answer for the work.
/// </summary>
internal static class Traffic
{
    /// <summary>Eight letters in the place where each request and answer differs.</summary>
    public const string Placeholder = "zzzzzzzz";

    /// <summary>Pieces in which the streamed answer arrives, one event each.</summary>
    public static IReadOnlyList<string> Deltas { get; } = Cut(Answer);

    private static readonly string[] Prompts = ReadPrompts();

    private const string SystemPrompt =
        "You are the assistant of a company that makes garden furniture. Answer in plain words, keep it short, and say so when " +
        "you do not know. Never promise a delivery date that the order system has not confirmed.";

    private const string Answer =
        "Our oak benches have turned a gentle grey, and that is nothing to worry about in the " + Placeholder + " courtyard. If you " +
        "have an hour in spring, brush off the leaves, sand the rough places lightly along the grain, and rub in a thin coat of " +
        "oil with a soft cloth. If you would rather leave the wood alone, melt a little wax into the ends, where the rain gets in.";

    /// <summary>Whole HTTP/1.1 requests, one for each prompt; the placeholder is written over before each send.</summary>
    public static byte[][] Requests(Uri target, bool stream) => [.. Prompts.Select(prompt => Request(target, stream, prompt))];

    private static byte[] Request(Uri target, bool stream, string prompt)
    {
        var body = JsonSerializer.Serialize(new
        {
            model = "bench",
            messages = new[] { new { role = "system", content = SystemPrompt }, new { role = "user", content = prompt } },
            temperature = 0.2,
            stream,
        });
        return Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"POST {target.AbsolutePath} HTTP/1.1\r\nHost: {target.Authority}\r\nUser-Agent: bench\r\nAuthorization: Bearer bench\r\n" +
            $"Accept: application/json\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
    }

    public static string Completion { get; } =
        """{"id":"chatcmpl-1","object":"chat.completion","created":1763800000,"model":"bench","choices":[{"index":0,"message":{"role":"assistant","content":"""
        + JsonSerializer.Serialize(Answer)
        + ""","refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":420,"completion_tokens":90,"total_tokens":510}}""";

    /// <summary>One event of the stream; <paramref name="delta"/> is null in the closing one.</summary>
    public static string Event(string? delta)
    {
        var inner = delta is null ? "{}" : "{\"content\":" + JsonSerializer.Serialize(delta) + "}";
        var finish = delta is null ? "\"stop\"" : "null";
        return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1763800000,\"model\":\"bench\",\"choices\":[{\"index\":0,\"delta\":"
            + inner + ",\"logprobs\":null,\"finish_reason\":" + finish + "}]}\n\n";
    }

    /// <summary>Writes a different word for each <paramref name="number"/> over the placeholder.</summary>
    public static void WriteWord(Span<byte> eightBytes, long number)
    {
        // Vowels and consonants in turn: a pronounceable word, not a random key that a secret detector would look at twice.
        ReadOnlySpan<byte> consonants = "bdfgklmnprstvw"u8;
        ReadOnlySpan<byte> vowels = "aeiou"u8;
        for (var i = 0; i < 8; i++)
        {
            var letters = i % 2 == 0 ? consonants : vowels;
            eightBytes[i] = letters[(int)(number % letters.Length)];
            number /= letters.Length;
        }
    }

    private static string[] ReadPrompts()
    {
        var assembly = typeof(Traffic).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(name => name.EndsWith(".txt", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd().TrimEnd();
        })];
    }

    private static List<string> Cut(string text)
    {
        var pieces = new List<string>();
        for (var start = 0; start < text.Length; start += 4)
        {
            pieces.Add(text.Substring(start, Math.Min(4, text.Length - start)));
        }

        return pieces;
    }
}
