using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EdgeFilter.Bench.Load;

/// <summary>
/// The requests and answers that every target carries: a chat request of about 2 KB and an answer of about 0.6 KB, ordinary prose
/// without anything to redact, as most traffic is. One word of the last message and of the answer differs each time, so that no
/// cache of whole texts can answer for the work.
/// </summary>
internal static class Traffic
{
    /// <summary>Eight letters in the place where each request and answer differs.</summary>
    public const string Placeholder = "zzzzzzzz";

    /// <summary>Pieces in which the streamed answer arrives, one event each.</summary>
    public static IReadOnlyList<string> Deltas { get; } = Cut(Answer);

    private const string SystemPrompt =
        "You are the assistant of a company that makes garden furniture. Answer in plain words, keep it short, and say so when " +
        "you do not know. Never promise a delivery date that the order system has not confirmed.";

    private const string Question =
        "Hello, I am writing a short note for our staff about how to care for the oak benches that stand in the courtyard, and I " +
        "would like you to turn my remarks into three clear paragraphs. The benches were put up two years ago, under project name " +
        Placeholder + ", and since then they have been through two long winters and one very dry summer. Some of the slats have " +
        "turned grey, which most people like, but the ends show small cracks where water gets in. Our gardener says that a light " +
        "sanding along the grain, followed by a thin coat of oil, would be enough; the carpenter who built them would rather leave " +
        "the wood alone and only seal the ends with wax. Please explain both ways fairly, say what each needs in time and material, " +
        "and finish with a recommendation for people who have an hour in spring and no special tools. Please also mention that the " +
        "cushions should be stored indoors from the first frost, that leaves should be brushed off rather than hosed, and that the " +
        "feet of the benches should stand on stone and not on wet grass. If you think that something important is missing, add it " +
        "in one sentence at the end. The note will hang in the kitchen, so it should be friendly, and nobody should need a " +
        "dictionary to read it. Avoid lists and avoid capitals; the last note looked like a warning sign and everyone ignored it. " +
        "One more thing: some of the younger colleagues like to put their bicycles against the benches, which has left marks on the " +
        "arms. Please find a kind sentence about the stands behind the gate, which have room for forty bicycles and are mostly " +
        "empty. If there is space left, close with a line of thanks to the people who oiled the benches in the autumn of last year.";

    private const string Answer =
        "Our oak benches have turned a gentle grey, and that is nothing to worry about in the " + Placeholder + " courtyard. If you " +
        "have an hour in spring, brush off the leaves, sand the rough places lightly along the grain, and rub in a thin coat of " +
        "oil with a soft cloth. If you would rather leave the wood alone, melt a little wax into the ends, where the rain gets in.";

    /// <summary>A whole HTTP/1.1 request; the placeholder is written over before each send.</summary>
    public static byte[] Request(Uri target, bool stream)
    {
        var body = JsonSerializer.Serialize(new
        {
            model = "bench",
            messages = new[] { new { role = "system", content = SystemPrompt }, new { role = "user", content = Question } },
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
