using System.Text;
using System.Text.Json.Nodes;
using EdgeFilter.Proxy.Streaming;
using EdgeFilter.Proxy.Tests.Streaming.Fakes;

namespace EdgeFilter.Proxy.Tests.Streaming;

/// <summary>Law 1 at the wire: however a text is cut into deltas, escapes, events and packets, the client reads the filtered whole.</summary>
public class StreamLawTests
{
    private const int Runs = 400;

    [Fact]
    public void OpenAi_AnyCutting_ReadsAsTheFilteredWhole()
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            var random = new Random(seed);
            var (stream, texts, arguments) = OpenAi(random, mayBlock: false);
            var channels = new WordChannels { HoldsAll = random.Next(8) == 0 };

            var result = Rewriting.Run(OpenAiChatStream.Description, channels, stream, random);

            Assert.True(result.Status == StreamStatus.Ended, $"seed {seed}: {result.Status} {result.Problem}");
            foreach (var ((choice, field), text) in texts)
            {
                Same(WordChannels.Filter(text), OpenAiChatStreamTests.Text(result.Output, choice, field), seed);
            }

            var calls = OpenAiChatStreamTests.Calls(result.Output);
            foreach (var (key, text) in arguments)
            {
                Same(WordChannels.Filter(text), JsonNode.Parse(calls[key].Arguments)!["q"]!.GetValue<string>(), seed);
                Same("tool", calls[key].Name, seed);
            }

            Assert.Equal(channels.Opened.Count, channels.Disposed);
        }
    }

    [Fact]
    public void OpenAi_BlockAnywhere_IsAPrefixAndANativeEnding()
    {
        var blocks = 0;
        for (var seed = 0; seed < Runs; seed++)
        {
            var random = new Random(seed);
            var (stream, texts, arguments) = OpenAi(random, mayBlock: true);
            var isBlocked = texts.Values.Concat(arguments.Values).Any(text => text.Contains(WordChannels.Blocked));

            var result = Rewriting.Run(OpenAiChatStream.Description, new WordChannels(), stream, random);

            Assert.Equal(isBlocked ? StreamStatus.Blocked : StreamStatus.Ended, result.Status);
            blocks += isBlocked ? 1 : 0;
            Assert.EndsWith("data: [DONE]\n\n", result.Output.Replace("\r\n", "\n").TrimEnd('\n') + "\n\n");
            var finished = OpenAiChatStreamTests.FinishReasons(result.Output);
            foreach (var ((choice, field), text) in texts)
            {
                var read = OpenAiChatStreamTests.Text(result.Output, choice, field);
                Assert.StartsWith(read, WordChannels.Filter(text), StringComparison.Ordinal);
                Assert.True(read.Length == 0 || finished.ContainsKey(choice), $"seed {seed}: choice {choice} never finishes");
            }

            foreach (var (key, call) in OpenAiChatStreamTests.Calls(result.Output))
            {
                Same(WordChannels.Filter(arguments[key]), JsonNode.Parse(call.Arguments)!["q"]!.GetValue<string>(), seed);
            }
        }

        Assert.InRange(blocks, Runs / 5, Runs - 1);
    }

    [Fact]
    public void OpenAi_NothingToChange_IsByteForByte()
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            var random = new Random(seed);
            var stream = OpenAi(random, mayBlock: false).Stream;

            var options = new StreamRewriterOptions { HoldToolCalls = false };

            var result = Rewriting.Run(OpenAiChatStream.Description, new PassingChannels(), stream, random, options);

            Same(Encoding.UTF8.GetString(stream), result.Output, seed);
        }
    }

    [Fact]
    public void Anthropic_AnyCutting_ReadsAsTheFilteredWhole()
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            var random = new Random(seed);
            var (stream, blocks) = Anthropic(random, mayBlock: false);
            var channels = new WordChannels { HoldsAll = random.Next(8) == 0 };

            var result = Rewriting.Run(AnthropicMessagesStream.Description, channels, stream, random);

            Assert.True(result.Status == StreamStatus.Ended, $"seed {seed}: {result.Status} {result.Problem}");
            var read = AnthropicMessagesStreamTests.Blocks(result.Output);
            Assert.Equal(blocks.Count, read.Count);
            for (var i = 0; i < blocks.Count; i++)
            {
                Same(WordChannels.Filter(blocks[i]), read[i].Type == "tool_use" ? (string)JsonNode.Parse(read[i].Text)!["q"]! : read[i].Text, seed);
            }

            Assert.Equal(channels.Opened.Count, channels.Disposed);
        }
    }

    [Fact]
    public void Anthropic_BlockAnywhere_IsAPrefixAndANativeEnding()
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            var random = new Random(seed);
            var (stream, blocks) = Anthropic(random, mayBlock: true);

            var result = Rewriting.Run(AnthropicMessagesStream.Description, new WordChannels(), stream, random, notice: seed % 2 == 0 ? null : "Sorry.");

            var isBlocked = blocks.Any(text => text.Contains(WordChannels.Blocked));
            Assert.Equal(isBlocked ? StreamStatus.Blocked : StreamStatus.Ended, result.Status);
            var read = AnthropicMessagesStreamTests.Blocks(result.Output);
            Assert.Equal(isBlocked ? "refusal" : "end_turn", AnthropicMessagesStreamTests.StopReason(result.Output));
            for (var i = 0; i < Math.Min(read.Count, blocks.Count); i++)
            {
                if (read[i].Type != "tool_use")
                {
                    var text = isBlocked && read[i].Text.EndsWith("Sorry.", StringComparison.Ordinal) ? read[i].Text[..^6] : read[i].Text;
                    Assert.StartsWith(text, WordChannels.Filter(blocks[i]), StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public void Anthropic_NothingToChange_IsByteForByte()
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            var random = new Random(seed);
            var stream = Anthropic(random, mayBlock: false).Stream;

            var result = Rewriting.Run(AnthropicMessagesStream.Description, new PassingChannels(), stream, random);

            Same(Encoding.UTF8.GetString(stream), result.Output, seed);
        }
    }

    private static void Same(string expected, string actual, int seed) =>
        Assert.True(expected == actual, $"seed {seed}: expected {expected}, read {actual}");

    private static (byte[] Stream, Dictionary<(int, string), string> Texts, Dictionary<(int, int), string> Calls) OpenAi(Random random, bool mayBlock)
    {
        var texts = new Dictionary<(int, string), string>();
        var calls = new Dictionary<(int, int), string>();
        var lanes = new List<Queue<string>>();
        for (var choice = 0; choice < random.Next(1, 4); choice++)
        {
            var queue = new Queue<string>();
            foreach (var field in new[] { "reasoning_content", "content", "refusal" })
            {
                var text = texts[(choice, field)] = random.Next(3) == 0 ? "" : RandomText.Next(random, random.Next(9), mayBlock);
                foreach (var delta in RandomText.Deltas(random, text, insidePairs: true))
                {
                    queue.Enqueue(Choice(choice, $"\"delta\":{{\"{field}\":{RandomText.Json(random, delta)}}},\"finish_reason\":null"));
                }
            }

            for (var call = 0; call < random.Next(3); call++)
            {
                var text = calls[(choice, call)] = RandomText.Next(random, random.Next(6), mayBlock);
                var json = $"{{\"q\":{RandomText.Json(random, text)},\"n\":1.0}}";
                var head = $"\"id\":\"c{call}\",\"type\":\"function\",\"function\":{{\"name\":\"tool\",\"arguments\":";
                foreach (var delta in RandomText.Deltas(random, json, insidePairs: false))
                {
                    queue.Enqueue(Choice(choice, $"\"delta\":{{\"tool_calls\":[{{\"index\":{call},{head}{RandomText.Json(random, delta)}}}}}]}},\"finish_reason\":null"));
                    head = "\"function\":{\"arguments\":";
                }
            }

            queue.Enqueue(Choice(choice, "\"delta\":{},\"finish_reason\":\"stop\""));
            lanes.Add(queue);
        }

        return (Sse(random, Interleave(random, lanes).Append("|[DONE]")), texts, calls);
    }

    private static string Choice(int choice, string members) =>
        $"|{{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{{\"index\":{choice},{members}}}]}}";

    private static (byte[] Stream, List<string> Blocks) Anthropic(Random random, bool mayBlock)
    {
        var blocks = new List<string>();
        List<string> events =
        [
            """message_start|{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":5,"output_tokens":1}}}""",
        ];
        for (var index = 0; index < random.Next(1, 5); index++)
        {
            var text = RandomText.Next(random, random.Next(1, 9), mayBlock);
            blocks.Add(text);
            var type = random.Next(3) switch { 0 => "text", 1 => "thinking", _ => "tool_use" };
            var rest = type == "tool_use" ? $"{{\"q\":{RandomText.Json(random, text)}}}" : text;
            var deltas = RandomText.Deltas(random, rest, insidePairs: type != "tool_use");
            var first = "";
            if (type != "tool_use" && random.Next(3) == 0)
            {
                first = deltas[0];
                deltas.RemoveAt(0);
            }

            var (start, member, delta) = type switch
            {
                "text" => ($"\"text\":{RandomText.Json(random, first)}", "text", "text_delta"),
                "thinking" => ($"\"thinking\":{RandomText.Json(random, first)},\"signature\":\"\"", "thinking", "thinking_delta"),
                _ => ("\"id\":\"toolu_1\",\"name\":\"tool\",\"input\":{}", "partial_json", "input_json_delta"),
            };
            events.Add($"content_block_start|{{\"type\":\"content_block_start\",\"index\":{index},\"content_block\":{{\"type\":\"{type}\",{start}}}}}");
            events.AddRange(deltas.Select(d =>
                $"content_block_delta|{{\"type\":\"content_block_delta\",\"index\":{index},\"delta\":{{\"type\":\"{delta}\",\"{member}\":{RandomText.Json(random, d)}}}}}"));
            events.Add($"content_block_stop|{{\"type\":\"content_block_stop\",\"index\":{index}}}");
            events.Add("""ping|{"type":"ping"}""");
        }

        events.Add("""message_delta|{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":9}}""");
        events.Add("""message_stop|{"type":"message_stop"}""");
        return (Sse(random, events), blocks);
    }

    private static IEnumerable<string> Interleave(Random random, List<Queue<string>> lanes)
    {
        while (lanes.Count > 0)
        {
            var lane = lanes[random.Next(lanes.Count)];
            yield return lane.Dequeue();
            if (lane.Count == 0)
            {
                lanes.Remove(lane);
            }
        }
    }

    private static byte[] Sse(Random random, IEnumerable<string> events)
    {
        var text = Rewriting.Sse([.. events]);
        text = random.Next(3) == 0 ? text.Replace("\n", "\r\n") : text;
        return Encoding.UTF8.GetBytes(random.Next(4) == 0 ? ": ping\n\n" + text : text);
    }
}
