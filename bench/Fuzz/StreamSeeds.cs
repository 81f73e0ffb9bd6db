using System.Text;

namespace EdgeFilter.Bench.Fuzz;

/// <summary>Events to damage, a line each: <c>name|data</c>.</summary>
internal static class StreamSeeds
{
    public static IReadOnlyList<byte[]> Lines { get; } =
    [
        .. new[]
        {
            """|{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"We \u0065at"},"finish_reason":null}]}""",
            """|{"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call","type":"function","function":{"name":"f","arguments":"{\"a\":\"e\"}"}}]},"finish_reason":null}]}""",
            """|{"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""",
            "|[DONE]",
            """message_start|{"type":"message_start","message":{"id":"m","type":"message","role":"assistant","model":"c","content":[],"stop_reason":null,"usage":{"input_tokens":5,"output_tokens":1}}}""",
            """content_block_start|{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""",
            """content_block_delta|{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"We eat 😀"}}""",
            """content_block_stop|{"type":"content_block_stop","index":0}""",
            """message_delta|{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":9}}""",
            """message_stop|{"type":"message_stop"}""",
            """|{"candidates":[{"index":0,"content":{"role":"model","parts":[{"text":"We eat"}]},"finishReason":"STOP"}],"responseId":"r"}""",
            """contentBlockDelta|{"contentBlockIndex":0,"delta":{"text":"We eat"},"p":"abcd"}""",
            """contentBlockStop|{"contentBlockIndex":0}""",
            """messageStop|{"stopReason":"end_turn"}""",
            """!throttlingException|{"message":"slow"}""",
            """|{"generation":"We eat","stop_reason":null}""",
            """|{"generation":"","stop_reason":"stop"}""",
            """|{"model":"m","created_at":"t","message":{"role":"assistant","content":"We eat"},"done":false}""",
            """|{"model":"m","created_at":"t","message":{"role":"assistant","content":""},"done":true}""",
            """content-delta|{"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"We eat"}}}}""",
            """message|{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"We eat"}]}}""",
            """response.output_text.delta|{"type":"response.output_text.delta","response_id":"r","item_id":"i","output_index":0,"content_index":0,"delta":"We eat","logprobs":[]}""",
            """response.output_item.added|{"type":"response.output_item.added","output_index":1,"item":{"id":"j","type":"function_call","call_id":"c","name":"f","arguments":""}}""",
            """response.function_call_arguments.delta|{"type":"response.function_call_arguments.delta","item_id":"j","output_index":1,"delta":"{\"a\":\"e\"}"}""",
            """response.function_call_arguments.done|{"type":"response.function_call_arguments.done","item_id":"j","output_index":1,"arguments":"{\"a\":\"e\"}"}""",
            """response.output_item.done|{"type":"response.output_item.done","output_index":1,"item":{"id":"j","type":"function_call","call_id":"c","name":"f","arguments":"{\"a\":\"e\"}"}}""",
            """response.done|{"type":"response.done","response":{"id":"r","status":"completed","output":[]}}""",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>Some lines, the one that is damaged among them.</summary>
    public static List<byte[]> Some(byte[] damaged, Random random)
    {
        var lines = Enumerable.Range(0, random.Next(1, 8)).Select(_ => Lines[random.Next(Lines.Count)]).ToList();
        lines.Insert(random.Next(lines.Count + 1), damaged);
        return lines;
    }

    public static (byte[] Name, byte[] Data) Split(byte[] line) =>
        Array.IndexOf(line, (byte)'|') is var bar and >= 0 and < 64 ? (line[..bar], line[(bar + 1)..]) : ([], line);
}
