using System.Buffers;
using System.Text;
using EdgeFilter.Proxy.Streaming;

namespace EdgeFilter.Proxy.Tests.Streaming.Fakes;

/// <summary>One small stream of every protocol, an event a line; <c>TEXT</c> stands for a piece of the answer's text.</summary>
internal static class Samples
{
    private const string Response = """{"id":"resp_1","object":"response","created_at":1763800000,"status":"in_progress","model":"gpt-x","output":[],"parallel_tool_calls":true,"tool_choice":"auto","tools":[],"instructions":null,"error":null,"incomplete_details":null,"metadata":{},"temperature":1,"top_p":1,"usage":null}""";

    public static readonly Dictionary<string, string[]> All = new()
    {
        ["openai.chat"] =
        [
            """|{"id":"chatcmpl-3","object":"chat.completion.chunk","created":1763800000,"model":"gpt-x","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}]}""",
            """|{"id":"chatcmpl-3","object":"chat.completion.chunk","created":1763800000,"model":"gpt-x","choices":[{"index":0,"delta":{"content":"TEXT"},"logprobs":null,"finish_reason":null}]}""",
            """|{"id":"chatcmpl-3","object":"chat.completion.chunk","created":1763800000,"model":"gpt-x","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]}""",
            """|{"id":"chatcmpl-3","object":"chat.completion.chunk","created":1763800000,"model":"gpt-x","choices":[],"usage":{"prompt_tokens":5,"completion_tokens":9,"total_tokens":14}}""",
            "|[DONE]",
        ],
        ["openai.completions"] =
        [
            """|{"id":"cmpl-1","object":"text_completion","created":1,"model":"m","choices":[{"text":"TEXT","index":0,"logprobs":null,"finish_reason":null}]}""",
            """|{"id":"cmpl-1","object":"text_completion","created":1,"model":"m","choices":[{"text":"","index":0,"logprobs":null,"finish_reason":"stop"}],"usage":{"total_tokens":6}}""",
            "|[DONE]",
        ],
        ["openai.responses"] =
        [
            $$"""response.created|{"type":"response.created","sequence_number":0,"response":{{Response}}}""",
            """response.output_item.added|{"type":"response.output_item.added","sequence_number":2,"output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[]}}""",
            """response.reasoning_summary_part.added|{"type":"response.reasoning_summary_part.added","sequence_number":3,"item_id":"rs_1","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":""}}""",
            """response.reasoning_summary_text.delta|{"type":"response.reasoning_summary_text.delta","sequence_number":4,"item_id":"rs_1","output_index":0,"summary_index":0,"delta":"Think","obfuscation":"aB3"}""",
            """response.reasoning_summary_text.done|{"type":"response.reasoning_summary_text.done","sequence_number":5,"item_id":"rs_1","output_index":0,"summary_index":0,"text":"Think"}""",
            """response.output_item.done|{"type":"response.output_item.done","sequence_number":7,"output_index":0,"item":{"id":"rs_1","type":"reasoning","summary":[{"type":"summary_text","text":"Think"}],"encrypted_content":"gAAA"}}""",
            """response.output_item.added|{"type":"response.output_item.added","sequence_number":8,"output_index":1,"item":{"id":"msg_1","type":"message","status":"in_progress","role":"assistant","content":[]}}""",
            """response.content_part.added|{"type":"response.content_part.added","sequence_number":9,"item_id":"msg_1","output_index":1,"content_index":0,"part":{"type":"output_text","text":"","annotations":[],"logprobs":[]}}""",
            """response.output_text.delta|{"type":"response.output_text.delta","sequence_number":10,"item_id":"msg_1","output_index":1,"content_index":0,"delta":"TEXT","logprobs":[],"obfuscation":"x9"}""",
            """response.output_text.done|{"type":"response.output_text.done","sequence_number":11,"item_id":"msg_1","output_index":1,"content_index":0,"text":"WHOLE","logprobs":[]}""",
            """response.content_part.done|{"type":"response.content_part.done","sequence_number":12,"item_id":"msg_1","output_index":1,"content_index":0,"part":{"type":"output_text","text":"WHOLE","annotations":[],"logprobs":[]}}""",
            """response.output_item.done|{"type":"response.output_item.done","sequence_number":13,"output_index":1,"item":{"id":"msg_1","type":"message","status":"completed","role":"assistant","content":[{"type":"output_text","text":"WHOLE","annotations":[],"logprobs":[]}]}}""",
            """response.output_item.added|{"type":"response.output_item.added","sequence_number":14,"output_index":2,"item":{"id":"fc_1","type":"function_call","status":"in_progress","call_id":"call_1","name":"f","arguments":""}}""",
            """response.function_call_arguments.delta|{"type":"response.function_call_arguments.delta","sequence_number":15,"item_id":"fc_1","output_index":2,"delta":"{\"a\":1}"}""",
            """response.function_call_arguments.done|{"type":"response.function_call_arguments.done","sequence_number":16,"item_id":"fc_1","output_index":2,"name":"f","arguments":"{\"a\":1}"}""",
            """response.output_item.done|{"type":"response.output_item.done","sequence_number":17,"output_index":2,"item":{"id":"fc_1","type":"function_call","status":"completed","call_id":"call_1","name":"f","arguments":"{\"a\":1}"}}""",
            """response.completed|{"type":"response.completed","sequence_number":18,"response":{"id":"resp_1","object":"response","created_at":1763800000,"status":"completed","model":"gpt-x","output":[{"id":"msg_1","type":"message","status":"completed","role":"assistant","content":[{"type":"output_text","text":"WHOLE","annotations":[],"logprobs":[]}]}],"usage":{"input_tokens":5}}}""",
        ],
        ["anthropic.messages"] =
        [
            """message_start|{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":5,"output_tokens":1}}}""",
            """content_block_start|{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""",
            """ping|{"type":"ping"}""",
            """content_block_delta|{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"TEXT"}}""",
            """content_block_stop|{"type":"content_block_stop","index":0}""",
            """message_delta|{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":9}}""",
            """message_stop|{"type":"message_stop"}""",
        ],
        ["gemini.sse"] =
        [
            """|{"candidates":[{"index":0,"content":{"role":"model","parts":[{"text":"T","thought":true},{"text":"TEXT"}]}}],"modelVersion":"gemini-x","responseId":"r1"}""",
            """|{"candidates":[{"index":0,"content":{"role":"model","parts":[{"functionCall":{"name":"f","args":{"a":1}},"thoughtSignature":"c2ln"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":5,"totalTokenCount":7},"modelVersion":"gemini-x","responseId":"r1"}""",
        ],
        ["gemini.array"] =
        [
            """|{"candidates":[{"index":0,"content":{"role":"model","parts":[{"text":"TEXT"}]}}],"modelVersion":"gemini-x","responseId":"r1"}""",
            """|{"candidates":[{"index":0,"content":{"role":"model","parts":[{"text":""}]},"finishReason":"STOP"}],"modelVersion":"gemini-x","responseId":"r1"}""",
        ],
        ["bedrock.converse"] =
        [
            """messageStart|{"role":"assistant"}""",
            """contentBlockDelta|{"contentBlockIndex":0,"delta":{"text":"TEXT"},"p":"abcd"}""",
            """contentBlockStop|{"contentBlockIndex":0}""",
            """contentBlockStart|{"contentBlockIndex":1,"start":{"toolUse":{"toolUseId":"t1","name":"f"}}}""",
            """contentBlockDelta|{"contentBlockIndex":1,"delta":{"toolUse":{"input":"{\"a\":1}"}}}""",
            """contentBlockStop|{"contentBlockIndex":1}""",
            """messageStop|{"stopReason":"tool_use"}""",
            """metadata|{"usage":{"inputTokens":5,"outputTokens":9,"totalTokens":14},"metrics":{"latencyMs":10}}""",
        ],
        ["bedrock.invoke_anthropic"] =
        [
            """|{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":5,"output_tokens":1}}}""",
            """|{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""",
            """|{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"TEXT"}}""",
            """|{"type":"content_block_stop","index":0}""",
            """|{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":9}}""",
            """|{"type":"message_stop","amazon-bedrock-invocationMetrics":{"inputTokenCount":5,"outputTokenCount":9,"invocationLatency":10}}""",
        ],
        ["bedrock.invoke_nova"] =
        [
            """messageStart|{"role":"assistant"}""",
            """contentBlockDelta|{"delta":{"text":"TEXT"},"contentBlockIndex":0}""",
            """contentBlockStop|{"contentBlockIndex":0}""",
            """messageStop|{"stopReason":"end_turn"}""",
            """metadata|{"usage":{"inputTokens":5,"outputTokens":9}}""",
        ],
        ["bedrock.invoke_other"] =
        [
            """|{"generation":"TEXT","prompt_token_count":5,"generation_token_count":1,"stop_reason":null}""",
            """|{"generation":"","prompt_token_count":null,"generation_token_count":2,"stop_reason":"stop","amazon-bedrock-invocationMetrics":{"inputTokenCount":5}}""",
        ],
        ["ollama"] =
        [
            """|{"model":"m","created_at":"2026-11-22T10:00:00.000000Z","message":{"role":"assistant","content":"TEXT","thinking":"T"},"done":false}""",
            """|{"model":"m","created_at":"2026-11-22T10:00:00.200000Z","message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"f","arguments":{"a":1}}}]},"done":false}""",
            """|{"model":"m","created_at":"2026-11-22T10:00:00.300000Z","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","total_duration":1,"eval_count":2}""",
        ],
        ["cohere.chat"] =
        [
            """message-start|{"type":"message-start","id":"c1","delta":{"message":{"role":"assistant","content":[],"tool_plan":"","tool_calls":[],"citations":[]}}}""",
            """content-start|{"type":"content-start","index":0,"delta":{"message":{"content":{"type":"text","text":""}}}}""",
            """content-delta|{"type":"content-delta","index":0,"delta":{"message":{"content":{"text":"TEXT"}}}}""",
            """content-end|{"type":"content-end","index":0}""",
            """tool-call-start|{"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":{"id":"t1","type":"function","function":{"name":"f","arguments":""}}}}}""",
            """tool-call-delta|{"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"{\"a\":1}"}}}}}""",
            """tool-call-end|{"type":"tool-call-end","index":0}""",
            """message-end|{"type":"message-end","delta":{"finish_reason":"COMPLETE","usage":{"tokens":{"input_tokens":5,"output_tokens":1}}}}""",
            "|[DONE]",
        ],
        ["mcp"] =
        [
            """message|{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"x"}}""",
            """message|{"jsonrpc":"2.0","id":"1","result":{"content":[{"type":"text","text":"WHOLE"}],"structuredContent":{"x":42}}}""",
        ],
        ["openai.assistants"] =
        [
            """thread.run.created|{"id":"run_1","object":"thread.run","created_at":1,"assistant_id":"asst_1","thread_id":"thread_1","status":"queued","required_action":null,"last_error":null,"model":"gpt-x","instructions":"Be short.","tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"}}}],"metadata":{}}""",
            """thread.run.step.created|{"id":"step_1","object":"thread.run.step","run_id":"run_1","thread_id":"thread_1","type":"message_creation","status":"in_progress","step_details":{"type":"message_creation","message_creation":{"message_id":"msg_1"}}}""",
            """thread.message.created|{"id":"msg_1","object":"thread.message","thread_id":"thread_1","run_id":"run_1","status":"in_progress","role":"assistant","content":[],"attachments":[],"metadata":{}}""",
            """thread.message.delta|{"id":"msg_1","object":"thread.message.delta","delta":{"content":[{"index":0,"type":"text","text":{"value":"TEXT","annotations":[]}}]}}""",
            """thread.message.completed|{"id":"msg_1","object":"thread.message","thread_id":"thread_1","run_id":"run_1","status":"completed","role":"assistant","content":[{"type":"text","text":{"value":"WHOLE","annotations":[]}}],"metadata":{}}""",
            """thread.run.step.completed|{"id":"step_1","object":"thread.run.step","run_id":"run_1","type":"message_creation","status":"completed","step_details":{"type":"message_creation","message_creation":{"message_id":"msg_1"}}}""",
            """thread.run.step.created|{"id":"step_2","object":"thread.run.step","run_id":"run_1","type":"tool_calls","status":"in_progress","step_details":{"type":"tool_calls","tool_calls":[]}}""",
            """thread.run.step.delta|{"id":"step_2","object":"thread.run.step.delta","delta":{"step_details":{"type":"tool_calls","tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"f","arguments":"","output":null}}]}}}""",
            """thread.run.step.delta|{"id":"step_2","object":"thread.run.step.delta","delta":{"step_details":{"type":"tool_calls","tool_calls":[{"index":0,"type":"function","function":{"arguments":"{\"a\":1}"}}]}}}""",
            """thread.run.requires_action|{"id":"run_1","object":"thread.run","thread_id":"thread_1","status":"requires_action","required_action":{"type":"submit_tool_outputs","submit_tool_outputs":{"tool_calls":[{"id":"call_1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}}]}}}""",
            "done|[DONE]",
        ],
        ["openai.media"] =
        [
            """transcript.text.delta|{"type":"transcript.text.delta","delta":"TEXT","logprobs":[]}""",
            """transcript.text.done|{"type":"transcript.text.done","text":"WHOLE","logprobs":[],"usage":{"type":"tokens","input_tokens":1,"total_tokens":2}}""",
        ],
        ["gemini.live"] =
        [
            """|{"setupComplete":{}}""",
            """|{"serverContent":{"modelTurn":{"role":"model","parts":[{"text":"TEXT"}]}}}""",
            """|{"serverContent":{"generationComplete":true}}""",
            """|{"serverContent":{"turnComplete":true},"usageMetadata":{"totalTokenCount":7}}""",
            """|{"toolCall":{"functionCalls":[{"id":"c1","name":"f","args":{"a":1}}]}}""",
            """|{"sessionResumptionUpdate":{"newHandle":"c2ln","resumable":true}}""",
        ],
        ["a2a"] =
        [
            """|{"jsonrpc":"2.0","id":"1","result":{"kind":"task","id":"t1","contextId":"c1","status":{"state":"submitted","timestamp":"2026-11-22T10:00:00Z"}}}""",
            """|{"jsonrpc":"2.0","id":"1","result":{"kind":"artifact-update","taskId":"t1","contextId":"c1","artifact":{"artifactId":"a1","parts":[{"kind":"text","text":"TEXT"}]},"append":true}}""",
            """|{"jsonrpc":"2.0","id":"1","result":{"kind":"artifact-update","taskId":"t1","contextId":"c1","artifact":{"artifactId":"a1","parts":[]},"append":true,"lastChunk":true}}""",
            """|{"jsonrpc":"2.0","id":"1","result":{"kind":"status-update","taskId":"t1","contextId":"c1","status":{"state":"completed"},"final":true}}""",
        ],
        ["openai.realtime"] =
        [
            """|{"type":"session.created","event_id":"s0","session":{"type":"realtime","object":"realtime.session","id":"sess_1","model":"gpt-realtime-x","instructions":"Be short.","output_modalities":["text"],"tools":[]}}""",
            """|{"type":"response.created","event_id":"s1","response":{"object":"realtime.response","id":"resp_1","status":"in_progress","output":[]}}""",
            """|{"type":"response.output_item.added","event_id":"s2","response_id":"resp_1","output_index":0,"item":{"id":"item_1","object":"realtime.item","type":"message","status":"in_progress","role":"assistant","content":[]}}""",
            """|{"type":"response.output_text.delta","event_id":"s3","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"delta":"TEXT"}""",
            """|{"type":"response.output_text.done","event_id":"s4","response_id":"resp_1","item_id":"item_1","output_index":0,"content_index":0,"text":"WHOLE"}""",
            """|{"type":"response.output_item.done","event_id":"s5","response_id":"resp_1","output_index":0,"item":{"id":"item_1","type":"message","status":"completed","role":"assistant","content":[{"type":"output_text","text":"WHOLE"}]}}""",
            """|{"type":"response.output_item.added","event_id":"s6","response_id":"resp_1","output_index":1,"item":{"id":"item_2","type":"function_call","call_id":"call_1","name":"f","arguments":""}}""",
            """|{"type":"response.function_call_arguments.delta","event_id":"s7","response_id":"resp_1","item_id":"item_2","output_index":1,"call_id":"call_1","delta":"{\"a\":1}"}""",
            """|{"type":"response.function_call_arguments.done","event_id":"s8","response_id":"resp_1","item_id":"item_2","output_index":1,"call_id":"call_1","arguments":"{\"a\":1}"}""",
            """|{"type":"response.output_item.done","event_id":"s9","response_id":"resp_1","output_index":1,"item":{"id":"item_2","type":"function_call","call_id":"call_1","name":"f","arguments":"{\"a\":1}"}}""",
            """|{"type":"response.done","event_id":"s10","response":{"object":"realtime.response","id":"resp_1","status":"completed","output":[{"id":"item_1","type":"message","role":"assistant","content":[{"type":"output_text","text":"WHOLE"}]}]}}""",
        ],
        ["openai.responses.socket"] =
        [
            """|{"type":"response.output_item.added","sequence_number":2,"output_index":0,"item":{"id":"msg_1","type":"message","status":"in_progress","role":"assistant","content":[]}}""",
            """|{"type":"response.output_text.delta","sequence_number":3,"item_id":"msg_1","output_index":0,"content_index":0,"delta":"TEXT","logprobs":[]}""",
            """|{"type":"response.output_text.done","sequence_number":4,"item_id":"msg_1","output_index":0,"content_index":0,"text":"WHOLE","logprobs":[]}""",
            """|{"type":"response.output_item.done","sequence_number":5,"output_index":0,"item":{"id":"msg_1","type":"message","status":"completed","role":"assistant","content":[{"type":"output_text","text":"WHOLE","annotations":[],"logprobs":[]}]}}""",
            """|{"type":"response.completed","sequence_number":6,"response":{"id":"resp_1","object":"response","status":"completed","model":"gpt-x","output":[{"id":"msg_1","type":"message","role":"assistant","content":[{"type":"output_text","text":"WHOLE","annotations":[]}]}]}}""",
        ],
    };

    /// <summary>The sample with a text cut into pieces: the event that carries <c>TEXT</c> is repeated for each.</summary>
    public static string[] With(string protocol, params string[] pieces) =>
    [
        .. All[protocol].SelectMany(line => line.Contains("TEXT") ? pieces.Select(piece => line.Replace("TEXT", piece)) : [line.Replace("WHOLE", string.Concat(pieces))]),
    ];

    /// <summary>The bytes of a stream.</summary>
    public static byte[] Bytes(StreamFraming framing, params string[] lines)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = framing.CreateWriter();
        foreach (var line in lines)
        {
            var bar = line.IndexOf('|');
            writer.Write(Encoding.UTF8.GetBytes(line[..bar]), Encoding.UTF8.GetBytes(line[(bar + 1)..]), output);
        }

        writer.End(output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The events of a stream, as lines again.</summary>
    public static string[] Lines(StreamFraming framing, byte[] stream) =>
    [
        .. Framing.Frames.Read(framing.CreateReader(1 << 20), stream).Where(f => f.Kind == FrameKind.Event)
            .Select(f => $"{f.Name}|{Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(f.Data))}"),
    ];
}
