using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeFilter.Proxy.Streaming;
using EdgeFilter.Proxy.Tests.Streaming.Fakes;

namespace EdgeFilter.Proxy.Tests.Streaming;

/// <summary>What holds for the stream of every protocol.</summary>
public class StreamCatalogTests
{
    public static TheoryData<string> Protocols => [.. StreamCatalog.All.Select(d => d.Id)];

    public static TheoryData<string> WithDeltas => [.. StreamCatalog.All.Where(d => d.Channels.Count > 0).Select(d => d.Id)];

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Append_Sample_IsByteForByteAndFullyCovered(string protocol)
    {
        var description = StreamCatalog.All.Single(d => d.Id == protocol);
        var stream = Samples.Bytes(description.Framing, Samples.With(protocol, "Hello ", "world"));

        var (output, rewriter) = Run(description, stream, new WordChannels());

        Assert.Equal(Framing.Frames.Text(stream), Framing.Frames.Text(output));
        Assert.Equal(StreamStatus.Ended, rewriter.Status);
        Assert.Equal(StreamCoverage.Full, rewriter.Coverage);
    }

    [Theory]
    [MemberData(nameof(WithDeltas))]
    public void Append_WordOverDeltas_IsReplacedInEveryCopy(string protocol)
    {
        var description = StreamCatalog.All.Single(d => d.Id == protocol);
        var stream = Samples.Bytes(description.Framing, Samples.With(protocol, "a s", "ecr", "et b", "sec"));

        var (output, rewriter) = Run(description, stream, new WordChannels());

        var lines = Samples.Lines(description.Framing, output);
        Assert.Equal(StreamStatus.Ended, rewriter.Status);
        Assert.DoesNotContain(lines, line => line.Contains("secret"));
        Assert.Equal("a [x] bsec", string.Concat(lines.Where(IsDelta).SelectMany(Strings).Where(text => text is not "T")));

        static bool IsDelta(string line) => !line.Contains(".done") && !line.Contains(".completed") && !line.Contains("reasoning") && !line.Contains("call_arguments");
        IEnumerable<string> Strings(string line) => line.EndsWith("[DONE]", StringComparison.Ordinal)
            ? [] : Leaves(JsonNode.Parse(line[(line.IndexOf('|') + 1)..])!).Where(l => l.Path is "text" or "content" or "delta" or "response" or "generation" or "value").Select(l => l.Text);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public void Append_CanaryInAnyString_IsNeverPassedUnread(string protocol)
    {
        var description = StreamCatalog.All.Single(d => d.Id == protocol);
        var lines = Samples.With(protocol, "Hello");
        for (var at = 0; at < lines.Length; at++)
        {
            var bar = lines[at].IndexOf('|');
            if (lines[at].EndsWith("[DONE]", StringComparison.Ordinal))
            {
                continue;
            }

            var count = Leaves(JsonNode.Parse(lines[at][(bar + 1)..])!).Count();
            for (var leaf = 0; leaf < count; leaf++)
            {
                var changed = (string[])lines.Clone();
                changed[at] = lines[at][..(bar + 1)] + Replace(lines[at][(bar + 1)..], leaf, "a forbidden word", out var path);

                var (output, rewriter) = Run(description, Samples.Bytes(description.Framing, changed), new WordChannels());

                Assert.True(rewriter.Status is StreamStatus.Blocked or StreamStatus.Failed, $"{protocol}: {path} in event {at} passes unread");
                Assert.DoesNotContain("forbidden", Framing.Frames.Text(output));
            }
        }
    }

    [Theory]
    [MemberData(nameof(WithDeltas))]
    public void WriteBlock_InTheMiddle_IsNativeAndReadable(string protocol)
    {
        var description = StreamCatalog.All.Single(d => d.Id == protocol);
        var stream = Samples.Bytes(description.Framing, Samples.With(protocol, "Hello ", "forbidden"));

        var (output, rewriter) = Run(description, stream, new WordChannels(), "Blocked by policy.");

        Assert.Equal(StreamStatus.Blocked, rewriter.Status);
        var lines = Samples.Lines(description.Framing, output);
        var all = string.Join('\n', lines);
        Assert.Contains("Blocked by policy.", all);
        Assert.Contains(protocol switch
        {
            "openai.chat" or "openai.completions" => "\"finish_reason\":\"content_filter\"",
            "openai.responses" => "\"incomplete_details\":{\"reason\":\"content_filter\"}",
            "anthropic.messages" or "bedrock.invoke_anthropic" => "\"stop_reason\":\"refusal\"",
            "openai.assistants" => "\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"content_filter\"}",
            "a2a" => "\"error\":{\"code\":-32010",
            "gemini.live" => "\"turnCompleteReason\":\"RESPONSE_REJECTED\"",
            "openai.realtime" or "openai.responses.socket" or "openai.media" => "\"code\":\"content_filter\"",
            "bedrock.invoke_other" => "!validationException|{\"message\":\"Blocked by policy.\"}",
            "bedrock.converse" or "bedrock.invoke_nova" => "\"stopReason\":\"guardrail_intervened\"",
            "cohere.chat" => "\"finish_reason\":\"ERROR\"",
            "ollama" => "{\"error\":\"Blocked by policy.\"}",
            _ => "\"finishReason\":\"PROHIBITED_CONTENT\"",
        }, all);
        Assert.All(lines.Where(l => !l.EndsWith("[DONE]", StringComparison.Ordinal)), line => JsonNode.Parse(line[(line.IndexOf('|') + 1)..]));
    }

    public static TheoryData<string> WithAnEnd => [.. StreamCatalog.All.Where(d => d.Channels.Count > 0 && !d.MayEndAnywhere).Select(d => d.Id)];

    [Theory]
    [MemberData(nameof(WithAnEnd))]
    public void Complete_CutAnywhereBeforeTheEnd_IsReportedNeverSilent(string protocol)
    {
        var description = StreamCatalog.All.Single(d => d.Id == protocol);
        var lines = Samples.With(protocol, "Hello ", "wor");
        var needed = Array.FindLastIndex(lines, l => l.Contains("\"STOP\"") || l.Contains("\"done\":true") || l.Contains("\"finish_reason\":\"")
            || l.Contains("\"stop_reason\":\"stop\"") || l.Contains("message_stop") || l.Contains("messageStop") || l.Contains("response.completed")
            || l.Contains("requires_action") || l.Contains("transcript.text.done"));
        for (var count = 1; count <= needed; count++)
        {
            var (_, rewriter) = Run(description, Samples.Bytes(description.Framing, lines[..count]), new WordChannels());

            Assert.True(rewriter.Status == StreamStatus.Failed, $"{protocol} cut after {count} events ends as if it were whole");
            Assert.Same(StreamProblem.EndedEarly, rewriter.Problem);
        }
    }

    [Theory]
    [InlineData("openai.chat", "text/event-stream", "openai.chat")]
    [InlineData("openai.chat", "Text/Event-Stream", "openai.chat")]
    [InlineData("openai.chat", "application/json", null)]
    [InlineData("azure.chat", "text/event-stream", "openai.chat")]
    [InlineData("gemini.stream", "text/event-stream", "gemini.sse")]
    [InlineData("gemini.stream", "application/json", "gemini.array")]
    [InlineData("ollama.generate", "application/x-ndjson", "ollama")]
    [InlineData("bedrock.converse_stream", "application/vnd.amazon.eventstream", "bedrock.converse")]
    [InlineData("bedrock.invoke_nova_stream", "application/vnd.amazon.eventstream", "bedrock.invoke_nova")]
    [InlineData("bedrock.converse", "application/vnd.amazon.eventstream", null)]
    [InlineData("openai.embeddings", "text/event-stream", null)]
    [InlineData("openai.assistants", "text/event-stream", "openai.assistants")]
    [InlineData("openai.audio.transcriptions", "text/event-stream", "openai.media")]
    [InlineData("azure.images", "text/event-stream", "openai.media")]
    [InlineData("openai.chat", null, null)]
    public void Find_ByWhatTheAnswerIs(string protocol, string? mediaType, string? expected)
    {
        Assert.Equal(expected, StreamCatalog.Find(protocol, mediaType, isSuccess: true)?.Id);
    }

    [Fact]
    public void Find_GeminiError_IsNoStream()
    {
        Assert.Null(StreamCatalog.Find("gemini.stream", "application/json", isSuccess: false));
    }

    [Fact]
    public void Append_LlamaCppCompletion_IsOneTextAndEndsWithStop()
    {
        static string Piece(string text) => $$"""|{"index":0,"content":"{{text}}","tokens":[],"stop":false,"id_slot":-1,"tokens_predicted":1,"tokens_evaluated":2}""";
        const string Last = """|{"index":0,"content":"","tokens":[],"stop":true,"id_slot":0,"model":"m","stop_type":"limit","stopping_word":"","timings":{"prompt_n":1},"truncated":false}""";

        var (output, rewriter) = Run(OpenAiCompletionsStream.Description, Samples.Bytes(StreamFraming.Sse, Piece("a sec"), Piece("ret b"), Last), new WordChannels());

        Assert.Equal(StreamStatus.Ended, rewriter.Status);
        Assert.Equal("a [x] b", string.Concat(Samples.Lines(StreamFraming.Sse, output).Select(l => (string)JsonNode.Parse(l[1..])!["content"]!)));
        Assert.Same(StreamProblem.EndedEarly, Run(OpenAiCompletionsStream.Description, Samples.Bytes(StreamFraming.Sse, Piece("a")), new WordChannels()).Rewriter.Problem);

        var (blocked, _) = Run(OpenAiCompletionsStream.Description, Samples.Bytes(StreamFraming.Sse, Piece("a "), Piece("forbidden")), new WordChannels(), "Blocked by policy.");
        Assert.Equal("""|{"error":{"code":400,"message":"Blocked by policy.","type":"invalid_request_error"}}""", Samples.Lines(StreamFraming.Sse, blocked)[^1]);
    }

    [Fact]
    public void WriteBlock_Responses_LastEventHasTheItemsThatWereShown()
    {
        var lines = Samples.With("openai.responses", "Hello ", "forbidden");

        var (output, _) = Run(OpenAiResponsesStream.Description, Samples.Bytes(StreamFraming.Sse, lines), new WordChannels(), "Blocked.");

        var events = Samples.Lines(StreamFraming.Sse, output).Select(l => JsonNode.Parse(l[(l.IndexOf('|') + 1)..])!).ToArray();
        var items = events[^1]["response"]!["output"]!.AsArray();
        Assert.Equal(["rs_1", "msg_1", "msg_blocked"], items.Select(i => (string)i!["id"]!));
        Assert.Equal("Hello ", (string)items[1]!["content"]![0]!["text"]!);
        Assert.Equal(
            events.Where(e => (string)e["type"]! == "response.output_item.added").Select(e => (string)e["item"]!["id"]!),
            events.Where(e => (string)e["type"]! == "response.output_item.done").Select(e => (string)e["item"]!["id"]!));
    }

    public static TheoryData<string, string[]> SpelledOut
    {
        get
        {
            const string Tokens = """[{"token":"sec","bytes":[1],"top_logprobs":[{"token":"sec"}]},{"token":"ret","bytes":[2],"top_logprobs":[{"token":"ret"}]}]""";
            const string Part = """{"type":"output_text","text":"secret","annotations":[],"logprobs":""" + Tokens + "}";
            const string Item = """{"id":"msg_1","type":"message","status":"completed","role":"assistant","content":[""" + Part + "]}";
            return new()
            {
                {
                    "openai.responses",
                    [
                        """|{"type":"response.content_part.done","output_index":0,"item_id":"msg_1","content_index":0,"part":""" + Part + "}",
                        """|{"type":"response.output_item.done","output_index":0,"item":""" + Item + "}",
                        """|{"type":"response.completed","response":{"id":"resp_1","output":[ITEM]}}""".Replace("ITEM", Item),
                    ]
                },
                {
                    "cohere.chat",
                    [
                        """content-delta|{"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"sec"}}},"logprobs":{"text":"sec","token_ids":[1]}}""",
                        """content-delta|{"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"ret"}}},"logprobs":{"text":"ret","token_ids":[2]}}""",
                        """message-end|{"type":"message-end","delta":{"finish_reason":"COMPLETE"}}""",
                    ]
                },
            };
        }
    }

    /// <summary>What spells a text out token by token must not tell what was taken from it, wherever the text is repeated.</summary>
    [Theory]
    [MemberData(nameof(SpelledOut))]
    public void Append_TextChangedInACopy_WhatSpellsItOutIsTakenFromThatCopy(string protocol, string[] lines)
    {
        var description = StreamCatalog.All.Single(d => d.Id == protocol);

        var (output, rewriter) = Run(description, Samples.Bytes(description.Framing, lines), new WordChannels());

        Assert.Equal(StreamStatus.Ended, rewriter.Status);
        Assert.Contains("[x]", Framing.Frames.Text(output));
        Assert.DoesNotContain("\"sec\"", Framing.Frames.Text(output));
        Assert.DoesNotContain("\"ret\"", Framing.Frames.Text(output));
    }

    [Fact]
    public void Append_GeminiArgumentsInPieces_AreOneTextAndStayInTheirCall()
    {
        static string Piece(string text) =>
            """|{"candidates":[{"index":0,"content":{"role":"model","parts":[{"functionCall":{"name":"f","id":"c1","partialArgs":[{"jsonPath":"$.q","stringValue":"PIECE"}]}}]}}],"responseId":"r"}"""
                .Replace("PIECE", text);
        var stream = Samples.Bytes(
            StreamFraming.SseCrLf,
            Piece("a sec"),
            Piece("ret sec"),
            """|{"candidates":[{"index":0,"finishReason":"STOP"}],"responseId":"r"}""");

        var (output, _) = Run(GeminiStream.Sse, stream, new WordChannels());

        var events = Samples.Lines(StreamFraming.SseCrLf, output);
        Assert.Equal("a [x] sec", string.Concat(events.SelectMany(e => Leaves(JsonNode.Parse(e[1..])!)).Where(l => l.Path == "stringValue").Select(l => l.Text)));
        Assert.DoesNotContain(events, e => e.Contains("\"text\""));
    }

    [Fact]
    public void Append_ResponsesCallBlocked_NothingOfItIsSent()
    {
        var lines = Samples.With("openai.responses", "Hello").Select(l => l.Replace("\\\"a\\\":1", "\\\"a\\\":\\\"forbidden\\\"")).ToArray();

        var (output, rewriter) = Run(OpenAiResponsesStream.Description, Samples.Bytes(StreamFraming.Sse, lines), new WordChannels());

        Assert.Equal(StreamStatus.Blocked, rewriter.Status);
        Assert.DoesNotContain("call_1", Framing.Frames.Text(output));
    }

    [Fact]
    public void Append_McpBlock_AnswersTheBlockedRequest()
    {
        var stream = Samples.Bytes(StreamFraming.Sse, """message|{"jsonrpc":"2.0","id":"a-7","result":{"content":[{"type":"text","text":"forbidden"}]}}""");

        var (output, _) = Run(McpStream.Description, stream, new WordChannels(), "No.");

        var answer = JsonNode.Parse(Samples.Lines(StreamFraming.Sse, output).Single()["message|".Length..])!;
        Assert.Equal("a-7", (string)answer["id"]!);
        Assert.True((bool)answer["result"]!["isError"]!);
    }

    private static (byte[] Output, StreamRewriter Rewriter) Run(StreamDescription description, byte[] stream, ITextChannelFactory channels, string? notice = null)
    {
        var rewriter = new StreamRewriter(description, channels);
        var output = new ArrayBufferWriter<byte>();
        for (var at = 0; at < stream.Length; at += 7)
        {
            rewriter.Append(stream.AsSpan(at, Math.Min(7, stream.Length - at)), output);
        }

        if (rewriter.Complete(output) == StreamStatus.Blocked)
        {
            rewriter.WriteBlock(notice, output);
        }

        rewriter.Dispose();
        return (output.WrittenSpan.ToArray(), rewriter);
    }

    private static IEnumerable<(string Path, string Text, JsonNode Node)> Leaves(JsonNode node) => node switch
    {
        JsonObject members => members.Where(m => m.Value is not null).SelectMany(m => m.Value is JsonValue value
            ? value.GetValueKind() == JsonValueKind.String ? [(m.Key, (string)value!, (JsonNode)value)] : [] : Leaves(m.Value!)),
        JsonArray items => items.Where(i => i is not null).SelectMany(i => Leaves(i!)),
        _ => [],
    };

    private static string Replace(string json, int index, string text, out string path)
    {
        var root = JsonNode.Parse(json)!;
        var leaf = Leaves(root).ElementAt(index);
        path = leaf.Node.GetPath();
        leaf.Node.ReplaceWith(JsonValue.Create(text));
        return root.ToJsonString();
    }
}
