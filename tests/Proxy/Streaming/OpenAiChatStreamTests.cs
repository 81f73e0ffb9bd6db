using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeFilter.Policies;
using EdgeFilter.Proxy.Streaming;
using EdgeFilter.Proxy.Tests.Streaming.Fakes;

namespace EdgeFilter.Proxy.Tests.Streaming;

public class OpenAiChatStreamTests
{
    private static readonly string Sample = Rewriting.Sse(
        """|{"id":"chatcmpl-3","object":"chat.completion.chunk","created":1763800000,"model":"gpt-x","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}]}""",
        """|{"id":"chatcmpl-3","object":"chat.completion.chunk","created":1763800000,"model":"gpt-x","choices":[{"index":0,"delta":{"content":"Hi"},"logprobs":null,"finish_reason":null}],"obfuscation":"aB3"}""",
        """|{"id":"chatcmpl-3","object":"chat.completion.chunk","created":1763800000,"model":"gpt-x","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"f","arguments":""}}]},"logprobs":null,"finish_reason":null}]}""",
        """|{"id":"chatcmpl-3","object":"chat.completion.chunk","created":1763800000,"model":"gpt-x","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\":"}}]},"logprobs":null,"finish_reason":null}]}""",
        """|{"id":"chatcmpl-3","object":"chat.completion.chunk","created":1763800000,"model":"gpt-x","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"1}"}}]},"logprobs":null,"finish_reason":null}]}""",
        """|{"id":"chatcmpl-3","object":"chat.completion.chunk","created":1763800000,"model":"gpt-x","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"tool_calls"}]}""",
        """|{"id":"chatcmpl-3","object":"chat.completion.chunk","created":1763800000,"model":"gpt-x","choices":[],"usage":{"prompt_tokens":5,"completion_tokens":9,"total_tokens":14}}""",
        "|[DONE]");

    [Fact]
    public void Append_NothingToChange_IsByteForByte()
    {
        var result = Run(Sample);

        Assert.Equal(Sample, result.Output);
        Assert.Equal(StreamStatus.Ended, result.Status);
        Assert.Equal(StreamCoverage.Full, result.Coverage);
    }

    [Fact]
    public void Append_WordOverTwoChunks_NeverShowsItsFirstHalf()
    {
        var result = Run(Stream(Chunk(0, "a se"), Chunk(0, "cret b"), Finish(0)));

        Assert.Equal("a [x] b", Text(result.Output, 0, "content"));
        Assert.DoesNotContain("se\"", result.Output);
    }

    [Fact]
    public void Append_HeldAtTheEnd_IsSentBeforeTheFinishInTheFormOfTheLastChunk()
    {
        var result = Run(Stream(Chunk(0, "a secr"), Finish(0)));

        Assert.Equal(Stream(Chunk(0, "a "), Chunk(0, "secr"), Finish(0)), result.Output);
    }

    [Fact]
    public void Append_FinishInTheSameChunk_CarriesTheRest()
    {
        var chunk = Chunk(0, "secr").Replace("\"finish_reason\":null", "\"finish_reason\":\"stop\"");
        var result = Run(Stream(chunk));

        Assert.Equal(Stream(chunk), result.Output);
    }

    [Fact]
    public void Append_SeveralChoices_HoldEachTheirOwn()
    {
        var result = Run(Stream(Chunk(0, "sec"), Chunk(1, "sec"), Chunk(0, "ond"), Chunk(1, "ret"), Finish(1), Finish(0)));

        Assert.Equal("second", Text(result.Output, 0, "content"));
        Assert.Equal("[x]", Text(result.Output, 1, "content"));
    }

    [Fact]
    public void Append_TextChanged_LogprobsOfItAreRemoved()
    {
        static string With(string text, string logprobs) => Chunk(0, text).Replace("\"logprobs\":null", "\"logprobs\":" + logprobs);
        var leaky = """{"content":[{"token":"secret","logprob":-0.1,"bytes":[115],"top_logprobs":[]}],"refusal":null}""";
        var clean = """{"content":[{"token":"fine","logprob":-0.1,"bytes":[115],"top_logprobs":[]}],"refusal":null}""";

        Assert.Equal(Stream(With("[x]", "null"), Finish(0)), Run(Stream(With("secret", leaky), Finish(0))).Output);
        Assert.Equal(Stream(With("fine", "null"), Finish(0)), Run(Stream(With("fine", leaky), Finish(0))).Output);
        Assert.Equal(Stream(With("fine", clean), Finish(0)), Run(Stream(With("fine", clean), Finish(0))).Output);
    }

    [Fact]
    public void Append_UnknownMember_IsInspectedAndReported()
    {
        var result = Run(Stream("""|{"id":"c","choices":[],"note":"a secret"}"""));

        Assert.Contains("\"note\":\"a [x]\"", result.Output);
        Assert.Equal(StreamCoverage.UnknownFields, result.Coverage);
    }

    [Fact]
    public void Append_PairCutInTwo_IsNeverWrittenInHalvesByUs()
    {
        string[] chunks = [Chunk(0, "x").Replace("\"x\"", "\"sec\""), Chunk(0, "x").Replace("\"x\"", "\"ond \\ud83d\""), Chunk(0, "x").Replace("\"x\"", "\"\\ude00!\"")];

        var result = Run(Stream([.. chunks, Finish(0)]));

        Assert.Equal("second 😀!", Text(result.Output, 0, "content"));
        Assert.DoesNotContain("\\ud", result.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Append_TokenIds_AreReported()
    {
        var result = Run(Stream("""|{"id":"c","choices":[],"prompt_token_ids":[1,2,3]}"""));

        Assert.Equal(StreamCoverage.TokenIds, result.Coverage);
    }

    [Fact]
    public void Fail_AfterTheEnd_StillTellsTheClient()
    {
        using var rewriter = new StreamRewriter(OpenAiChatStream.Description, new WordChannels());
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        Assert.Equal(StreamStatus.Ended, rewriter.Append(System.Text.Encoding.UTF8.GetBytes(Sample), output));
        output.ResetWrittenCount();

        rewriter.Fail(StreamProblem.FilterFailed, output);

        Assert.Contains("stream-filter-failed", System.Text.Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.Equal(StreamStatus.Failed, rewriter.Status);
    }

    [Fact]
    public void Append_UnknownTextInPieces_IsOneTextToo()
    {
        var result = Run(Stream(Chunk(0, "a sec", "musings"), Chunk(0, "ret", "musings"), Finish(0)));

        Assert.Equal("a [x]", Text(result.Output, 0, "musings"));
        Assert.Equal(StreamCoverage.UnknownFields, result.Coverage);
    }

    [Fact]
    public void Append_ArgumentsChanged_AreOneFragmentAndStayJson()
    {
        var result = Run(Stream(
            Call(0, """{"index":0,"id":"c1","type":"function","function":{"name":"f","arguments":""}}"""),
            Call(0, """{"index":0,"function":{"arguments":"{\"a\":\"sec"}}"""),
            Call(0, """{"index":0,"function":{"arguments":"\\u0072et \\\"q\\\"\"}"}}"""),
            Finish(0, "tool_calls")));

        var call = Calls(result.Output)[(0, 0)];
        Assert.Equal("[x] \"q\"", JsonNode.Parse(call.Arguments)!["a"]!.GetValue<string>());
        Assert.Equal("f", call.Name);
    }

    [Fact]
    public void Append_ParallelCalls_AreHeldUntilTheFinishAndPassAsTheyCame()
    {
        var stream = Stream(
            Call(0, """{"index":0,"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}"""),
            Call(0, """{"index":1,"id":"c2","type":"function","function":{"name":"g","arguments":"{"}}"""),
            Call(0, """{"index":1,"function":{"arguments":"}"}}"""),
            Finish(0, "tool_calls"));

        Assert.Equal(stream, Run(stream).Output);
    }

    [Fact]
    public void Append_BlockedCall_NothingOfItIsSent()
    {
        var result = Run(Stream(
            Chunk(0, "Let me see"),
            Call(0, """{"index":0,"id":"call_77","type":"function","function":{"name":"send","arguments":"{\"x\":\"forbid"}}"""),
            Call(0, """{"index":0,"function":{"arguments":"den\"}"}}"""),
            Finish(0, "tool_calls")));

        Assert.Equal(StreamStatus.Blocked, result.Status);
        Assert.DoesNotContain("call_77", result.Output);
        Assert.DoesNotContain("send", result.Output);
        Assert.Equal("content_filter", FinishReasons(result.Output)[0]);
    }

    [Fact]
    public void Append_OtherChoice_DoesNotWaitForACall()
    {
        var upstream = new[] { Call(0, """{"index":0,"id":"c1","type":"function","function":{"name":"f","arguments":"{"}}"""), Chunk(1, "hello") };
        using var rewriter = new StreamRewriter(OpenAiChatStream.Description, new WordChannels());
        var output = new System.Buffers.ArrayBufferWriter<byte>();

        rewriter.Append(System.Text.Encoding.UTF8.GetBytes(Rewriting.Sse(upstream)), output);

        Assert.Equal(Rewriting.Sse(upstream[1]), System.Text.Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public void Append_CallsNotHeld_PassAtOnceAndStillBlockAtTheirEnd()
    {
        var options = new StreamRewriterOptions { HoldToolCalls = false };
        var first = Call(0, """{"index":0,"id":"c1","type":"function","function":{"name":"f","arguments":"\"forbid"}}""");
        var second = Call(0, """{"index":0,"function":{"arguments":"den\""}}""");

        var result = Rewriting.Run(OpenAiChatStream.Description, new WordChannels(), Stream(first, second, Finish(0, "tool_calls")), options);

        Assert.StartsWith(Rewriting.Sse(first, second), result.Output);
        Assert.Equal(StreamStatus.Blocked, result.Status);
    }

    [Fact]
    public void WriteBlock_InTheMiddle_EndsEveryOpenChoiceNatively()
    {
        var result = Rewriting.Run(
            OpenAiChatStream.Description,
            new WordChannels(),
            Stream(Chunk(0, "a"), Chunk(1, "b"), Finish(1), Chunk(0, "forbidden"), Chunk(0, "rest"), Finish(0)),
            notice: "Blocked by policy.");

        Assert.Equal(StreamStatus.Blocked, result.Status);
        Assert.Equal("aBlocked by policy.", Text(result.Output, 0, "content"));
        Assert.Equal("b", Text(result.Output, 1, "content"));
        Assert.Equal(["content_filter", "stop"], FinishReasons(result.Output).OrderBy(p => p.Key).Select(p => p.Value));
        Assert.EndsWith("data: [DONE]\n\n", result.Output);
        Assert.Contains("\"id\":\"chatcmpl-9\"", result.Output[result.Output.LastIndexOf("data: {", StringComparison.Ordinal)..]);
    }

    [Fact]
    public void WriteBlock_BeforeAnythingWasSent_IsWholeToo()
    {
        var result = Run(Stream(Chunk(0, "forbidden")));

        Assert.Equal("content_filter", FinishReasons(result.Output)[0]);
        Assert.DoesNotContain("forbidden", result.Output);
    }

    [Theory]
    [InlineData("data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"secret")]
    [InlineData("data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a secr\"}}]}\n\n")]
    [InlineData("")]
    [InlineData("data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\ndata: {\"choices\":1,\"choices\":2}\n\n")]
    [InlineData("data: secret\n\n")]
    public void Complete_CutOrBroken_EndsWithTheErrorEventAndNoUnreadTail(string stream)
    {
        var result = Run(stream);

        Assert.Equal(StreamStatus.Failed, result.Status);
        Assert.DoesNotContain("secr", result.Output);
        var last = JsonNode.Parse(Rewriting.Events(result.Output)[^1].Data)!;
        Assert.Equal(result.Problem!.Code, last["error"]!["code"]!.GetValue<string>());
    }

    [Fact]
    public void Append_UnreadableAndInspectedAsText_PassesFiltered()
    {
        var options = new StreamRewriterOptions { UnreadableEvents = UnreadableEvents.InspectAsText };
        var result = Rewriting.Run(OpenAiChatStream.Description, new WordChannels(), "data: the secret\n\ndata: [DONE]\n\n", options);

        Assert.StartsWith("data: the [x]\n\n", result.Output);
        Assert.Equal(StreamCoverage.UnreadableEvents, result.Coverage);
    }

    [Fact]
    public void Append_AfterDone_IsDropped()
    {
        var result = Run(Sample + Rewriting.Sse(Chunk(0, "late")));

        Assert.Equal(Sample, result.Output);
        Assert.Equal(StreamCoverage.DroppedTail, result.Coverage);
    }

    [Fact]
    public void Append_Comments_PassAtOnceAndFiltered()
    {
        var stream = Stream(": ", Chunk(0, "a"), Finish(0)).Replace("data: : ", ": OPENROUTER PROCESSING");

        Assert.Equal(stream, Run(stream).Output);
        Assert.DoesNotContain("secret", Run(": a secret\n\n" + stream).Output);
    }

    [Fact]
    public void Append_UpstreamError_ReachesTheClientFiltered()
    {
        var result = Run(Rewriting.Sse(Chunk(0, "se"), """|{"error":{"message":"bad prompt: secret","type":"server_error","code":"boom"}}"""));

        Assert.Equal(StreamStatus.Ended, result.Status);
        Assert.Contains("bad prompt: [x]", result.Output);
        Assert.Single(Rewriting.Events(result.Output), e => e.Data.Contains("error"));
    }

    [Fact]
    public void Append_ReadersDisagree_IsWrittenCanonically()
    {
        var stream = Stream(Chunk(0, "a"), Finish(0)).Replace("\n", "\r");

        Assert.Equal(stream.Replace('\r', '\n'), Run(stream).Output);
    }

    [Fact]
    public void Append_EveryTextIsClosedAndDisposed()
    {
        var channels = new WordChannels();

        Rewriting.Run(OpenAiChatStream.Description, channels, Stream(Chunk(0, "sec"), Chunk(1, "x"), Finish(0), Finish(1)));

        Assert.Equal(channels.Opened.Count, channels.Disposed);
        Assert.Equal(2, channels.Opened.Count(c => c is { Role: SegmentRole.Assistant, Field: "content" }));
    }

    internal static string Chunk(int choice, string text, string field = "content") =>
        $$"""|{"id":"chatcmpl-9","object":"chat.completion.chunk","created":7,"model":"m","choices":[{"index":{{choice}},"delta":{"{{field}}":{{JsonSerializer.Serialize(text)}}},"logprobs":null,"finish_reason":null}]}""";

    internal static string Finish(int choice, string reason = "stop") =>
        $$"""|{"id":"chatcmpl-9","object":"chat.completion.chunk","created":7,"model":"m","choices":[{"index":{{choice}},"delta":{},"logprobs":null,"finish_reason":"{{reason}}"}]}""";

    internal static string Call(int choice, string call) =>
        $$"""|{"id":"chatcmpl-9","object":"chat.completion.chunk","created":7,"model":"m","choices":[{"index":{{choice}},"delta":{"tool_calls":[{{call}}]},"logprobs":null,"finish_reason":null}]}""";

    internal static string Stream(params string[] events) => Rewriting.Sse([.. events, "|[DONE]"]);

    internal static string Text(string output, int choice, string field) => string.Concat(
        Choices(output).Where(c => (int)c["index"]! == choice).Select(c => c["delta"]?[field].Text() ?? ""));

    internal static Dictionary<int, string> FinishReasons(string output) => Choices(output)
        .Where(c => c["finish_reason"] is not null).ToDictionary(c => (int)c["index"]!, c => (string)c["finish_reason"]!);

    internal static Dictionary<(int Choice, int Index), (string Name, string Arguments)> Calls(string output)
    {
        var calls = new Dictionary<(int, int), (string Name, string Arguments)>();
        foreach (var choice in Choices(output))
        {
            foreach (var call in choice["delta"]?["tool_calls"]?.AsArray() ?? [])
            {
                var key = ((int)choice["index"]!, (int)call!["index"]!);
                var known = calls.GetValueOrDefault(key, ("", ""));
                calls[key] = (known.Item1 + (string?)call["function"]?["name"], known.Item2 + call["function"]?["arguments"].Text());
            }
        }

        return calls;
    }

    private static IEnumerable<JsonNode> Choices(string output) => Rewriting.Events(output)
        .Where(e => e.Data != "[DONE]").SelectMany(e => JsonNode.Parse(e.Data)!["choices"]?.AsArray() ?? []).Select(c => c!);

    private static Rewriting.Result Run(string stream) => Rewriting.Run(OpenAiChatStream.Description, new WordChannels(), stream);
}
