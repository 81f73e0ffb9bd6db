using System.Text.Json.Nodes;
using EdgeFilter.Policies;
using EdgeFilter.Proxy.Streaming;
using EdgeFilter.Proxy.Tests.Streaming.Fakes;

namespace EdgeFilter.Proxy.Tests.Streaming;

public class AnthropicMessagesStreamTests
{
    private const string Start = """message_start|{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":5,"output_tokens":1}}}""";
    private const string End = """message_delta|{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":9}}""";
    private const string Stop = """message_stop|{"type":"message_stop"}""";

    private static readonly string Sample = Rewriting.Sse(
        Start,
        """content_block_start|{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""",
        """ping|{"type":"ping"}""",
        """content_block_delta|{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"T"}}""",
        """content_block_delta|{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}""",
        """content_block_stop|{"type":"content_block_stop","index":0}""",
        """content_block_start|{"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}""",
        """content_block_delta|{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Hi"}}""",
        """content_block_stop|{"type":"content_block_stop","index":1}""",
        """content_block_start|{"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"toolu_1","name":"f","input":{}}}""",
        """content_block_delta|{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":""}}""",
        """content_block_delta|{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\"a\":"}}""",
        """content_block_delta|{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"1}"}}""",
        """content_block_stop|{"type":"content_block_stop","index":2}""",
        End,
        Stop);

    [Fact]
    public void Append_NothingToChange_IsByteForByte()
    {
        var result = Run(Sample);

        Assert.Equal(Sample, result.Output);
        Assert.Equal(StreamCoverage.Full, result.Coverage);
        Assert.Equal(StreamStatus.Ended, result.Status);
    }

    [Fact]
    public void Append_TextBeginsInTheStartOfItsBlock_IsOneText()
    {
        var result = Run(Stream(Text(0, "my sec"), Delta(0, "ret"), Close(0)));

        Assert.Equal("my [x]", Blocks(result.Output)[0].Text);
    }

    [Fact]
    public void Append_HeldInTheStartOfItsBlock_IsSentAsADeltaBeforeTheStop()
    {
        var result = Run(Stream(Text(0, "my sec"), Close(0)));

        Assert.Equal(Stream(Text(0, "my "), Delta(0, "sec"), Close(0)), result.Output);
    }

    [Fact]
    public void Append_ServerToolResult_EveryStringIsFiltered()
    {
        var result = Run(Stream(
            """content_block_start|{"type":"content_block_start","index":0,"content_block":{"type":"web_fetch_tool_result","tool_use_id":"srvtoolu_1","content":{"type":"web_fetch_result","url":"https://x/?q=secret","content":{"type":"document","source":{"type":"text","data":"a secret page"}}}}}""",
            Close(0)));

        Assert.DoesNotContain("secret", result.Output);
        Assert.Contains("a [x] page", result.Output);
        Assert.Contains("\"web_fetch_tool_result\"", result.Output);
    }

    [Fact]
    public void Append_Citation_IsRetrievedText()
    {
        var channels = new WordChannels();
        var result = Rewriting.Run(AnthropicMessagesStream.Description, channels, Stream(
            Text(0, "a"),
            """content_block_delta|{"type":"content_block_delta","index":0,"delta":{"type":"citations_delta","citation":{"type":"char_location","cited_text":"the secret","document_title":"d","start_char_index":0}}}""",
            Close(0)));

        Assert.Contains("the [x]", result.Output);
        Assert.Contains(channels.Opened, c => c.Role == SegmentRole.Retrieved);
    }

    private static string[] Signed(params string[] pieces) =>
    [
        """content_block_start|{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""",
        .. pieces.Select(piece => """content_block_delta|{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"PIECE"}}""".Replace("PIECE", piece)),
        """content_block_delta|{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}""",
        """content_block_stop|{"type":"content_block_stop","index":0}""",
        """message_stop|{"type":"message_stop"}""",
    ];

    [Theory]
    [InlineData("a se", "cret b", "a [x] b", "")]
    [InlineData("a b", " sec", "a b sec", "c2ln")]
    public void Append_SignedText_LosesItsSignatureWithAChangeAndOnlyThen(string first, string second, string expected, string signature)
    {
        var result = Rewriting.Run(AnthropicMessagesStream.Description, new WordChannels(), Rewriting.Sse(Signed(first, second)));

        var deltas = Rewriting.Events(result.Output).Select(e => JsonNode.Parse(e.Data)!["delta"]).Where(d => d is not null).ToArray();
        Assert.Equal(StreamStatus.Ended, result.Status);
        Assert.Equal(expected, string.Concat(deltas.Select(d => (string?)d!["thinking"])));
        Assert.Equal(signature, (string?)deltas[^1]!["signature"]);
    }

    [Fact]
    public void Append_TextBehindItsSignature_EndsTheStream()
    {
        var lines = Signed("a sec");

        var result = Rewriting.Run(AnthropicMessagesStream.Description, new WordChannels(), Rewriting.Sse([.. lines[..3], lines[1].Replace("a sec", "ret"), .. lines[3..]]));

        Assert.Same(StreamProblem.Unreadable, result.Problem);
        Assert.DoesNotContain("ret", string.Concat(Rewriting.Events(result.Output).Select(e => JsonNode.Parse(e.Data)!["delta"]?["thinking"])));
    }

    [Fact]
    public void Append_Thinking_IsReasoningAndSigned()
    {
        var channels = new WordChannels();
        Rewriting.Run(AnthropicMessagesStream.Description, channels, Sample);

        Assert.Contains(channels.Opened, c => c is { Role: SegmentRole.Reasoning, IsSigned: true });
        Assert.Contains(channels.Opened, c => c is { Role: SegmentRole.ToolArguments, ToolName: "f" });
    }

    [Fact]
    public void Append_NameAndTypeDisagree_NameIsRepaired()
    {
        var result = Run(Stream(Text(0, "a"), Delta(0, "b").Replace("content_block_delta|", "ping|"), Close(0)));

        Assert.Equal(Stream(Text(0, "a"), Delta(0, "b"), Close(0)), result.Output);
    }

    [Fact]
    public void Append_UnknownEvent_IsInspectedAndReported()
    {
        var result = Run(Stream("""surprise|{"type":"surprise","payload":{"note":"a secret"}}"""));

        Assert.Contains("a [x]", result.Output);
        Assert.True(result.Coverage.HasFlag(StreamCoverage.UnknownEvents));
    }

    [Fact]
    public void Append_BlockedCall_IsWithheldAndNotClosed()
    {
        var result = Run(Stream(
            Text(0, "Let me see"),
            Close(0),
            """content_block_start|{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_9","name":"send","input":{}}}""",
            """content_block_delta|{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"a\":\"forbidden\"}"}}""",
            Close(1)));

        Assert.Equal(StreamStatus.Blocked, result.Status);
        Assert.DoesNotContain("toolu_9", result.Output);
        Assert.Equal("refusal", StopReason(result.Output));
        Assert.Single(Blocks(result.Output));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Blocked by policy.")]
    public void WriteBlock_InTheMiddle_ClosesTheBlockAndRefuses(string? notice)
    {
        var result = Rewriting.Run(
            AnthropicMessagesStream.Description, new WordChannels(), Stream(Text(0, ""), Delta(0, "ok "), Delta(0, "forbidden"), Close(0)), notice: notice);

        Assert.Equal("ok " + notice, Blocks(result.Output)[0].Text);
        var events = Rewriting.Events(result.Output);
        Assert.Equal(["content_block_stop", "message_delta", "message_stop"], events.Select(e => e.Name).TakeLast(3));
        var details = JsonNode.Parse(events[^2].Data)!;
        Assert.Equal("refusal", (string)details["delta"]!["stop_details"]!["type"]!);
        Assert.Equal(notice, (string?)details["delta"]!["stop_details"]!["explanation"]);
        Assert.Equal(1, (int)details["usage"]!["output_tokens"]!);
    }

    [Fact]
    public void WriteBlock_BeforeAnythingWasSent_BeginsAMessage()
    {
        var result = Run(Rewriting.Sse(Start.Replace("\"content\":[]", "\"content\":[{\"type\":\"text\",\"text\":\"forbidden\"}]")));

        Assert.Equal(["message_start", "message_delta", "message_stop"], Rewriting.Events(result.Output).Select(e => e.Name));
        Assert.DoesNotContain("forbidden", result.Output);
    }

    [Fact]
    public void Complete_NoMessageStop_IsAnErrorAndTheHeldTextStaysHere()
    {
        var result = Run(Rewriting.Sse(Start, Text(0, "a sec")));

        Assert.Equal(StreamStatus.Failed, result.Status);
        var last = Rewriting.Events(result.Output)[^1];
        Assert.Equal("error", last.Name);
        Assert.Equal("api_error", (string)JsonNode.Parse(last.Data)!["error"]!["type"]!);
        Assert.DoesNotContain("sec", result.Output);
    }

    internal static List<(string Type, string Text)> Blocks(string output)
    {
        var blocks = new List<(string Type, string Text)>();
        var isOpen = false;
        foreach (var (name, data) in Rewriting.Events(output))
        {
            var json = JsonNode.Parse(data)!;
            Assert.Equal(name, (string)json["type"]!);
            switch (name)
            {
                case "content_block_start":
                    Assert.False(isOpen);
                    Assert.Equal(blocks.Count, (int)json["index"]!);
                    isOpen = true;
                    var block = json["content_block"]!;
                    blocks.Add(((string)block["type"]!, block["text"].Text() ?? block["thinking"].Text() ?? ""));
                    break;
                case "content_block_delta":
                    Assert.True(isOpen);
                    Assert.Equal(blocks.Count - 1, (int)json["index"]!);
                    var delta = json["delta"]!;
                    blocks[^1] = (blocks[^1].Type, blocks[^1].Text + (delta["text"].Text() ?? delta["thinking"].Text() ?? delta["partial_json"].Text()));
                    break;
                case "content_block_stop":
                    Assert.True(isOpen);
                    isOpen = false;
                    break;
            }
        }

        Assert.False(isOpen);
        return blocks;
    }

    internal static string StopReason(string output) => (string)JsonNode.Parse(
        Rewriting.Events(output).Last(e => e.Name == "message_delta").Data)!["delta"]!["stop_reason"]!;

    private static string Stream(params string[] events) => Rewriting.Sse([Start, .. events, End, Stop]);

    private static string Text(int index, string text) =>
        $$$"""content_block_start|{"type":"content_block_start","index":{{{index}}},"content_block":{"type":"text","text":"{{{text}}}"}}""";

    private static string Delta(int index, string text) =>
        $$$"""content_block_delta|{"type":"content_block_delta","index":{{{index}}},"delta":{"type":"text_delta","text":"{{{text}}}"}}""";

    private static string Close(int index) => $$"""content_block_stop|{"type":"content_block_stop","index":{{index}}}""";

    private static Rewriting.Result Run(string stream) => Rewriting.Run(AnthropicMessagesStream.Description, new WordChannels(), stream);
}
