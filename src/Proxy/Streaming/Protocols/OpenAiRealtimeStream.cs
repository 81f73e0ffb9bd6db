using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// What OpenAI's Realtime API says over a WebSocket. Texts are told apart by the item they belong to: several responses may be
/// written at a time, each with an output 0 of its own. Events appear in their present names and in those of the beta.
/// </summary>
internal static class OpenAiRealtimeStream
{
    private static readonly string[] CallTypes = ["function_call", "mcp_call"];
    private static readonly string[] TextTypes = ["response.output_text.delta", "response.text.delta"];
    private static readonly string[] TranscriptTypes = ["response.output_audio_transcript.delta", "response.audio_transcript.delta"];
    private static readonly string[] JsonCallTypes = ["response.function_call_arguments.delta", "response.mcp_call_arguments.delta"];

    public static StreamDescription Description { get; } = new()
    {
        Id = "openai.realtime",
        Framing = StreamFraming.Messages,
        Fields = FieldMap.Parse($"""
            type                                word type
            event_id                            opaque -- the provider's name for the event
            response_id                         opaque -- the provider's name for the response
            item_id                             opaque -- the provider's name for the item
            previous_item_id                    opaque -- the provider's name for the item
            call_id                             opaque -- ties a call to its result
            stream_id                           opaque -- tells streams of one socket apart
            output_index                        number
            content_index                       number
            sequence_number                     number
            audio_start_ms                      number
            audio_end_ms                        number
            obfuscation                         sealed -- random padding that hides token sizes
            delta                               media audio when response.output_audio.delta response.audio.delta
            delta                               text assistant
            text                                text assistant
            transcript                          text assistant
            arguments                           json tool-arguments
            name                                opaque -- the client's code knows the tool by it
            id                                  opaque -- names a segment
            speaker                             text metadata
            start                               number
            end                                 number
            logprobs[].token                    text assistant
            logprobs[].top_logprobs[].token     opaque
            logprobs[].**                       number
            part.type                           word type
            part.text                           text assistant
            part.transcript                     text assistant
            part.audio                          media audio
            session.id                          opaque -- the provider's name for the session
            session.object                      word
            session.type                        word
            session.model                       opaque
            session.instructions                text system
            session.tools[].type                word
            session.tools[].name                opaque -- the client's code knows the tool by it
            session.tools[].**                  text tool-definition
            session.tool_choice                 word
            session.tool_choice.**              opaque
            session.audio.input.transcription.prompt text user
            session.input_audio_transcription.prompt text user
            session.prompt.**                   text metadata
            session.tracing.**                  text metadata
            session.client_secret.value         credential
            session.client_secret.expires_at    number
            session.**                          word
            conversation.id                     opaque -- the provider's name for the conversation
            conversation.object                 word
            rate_limits[].**                    word
            usage.**                            number
            error.type                          word
            error.code                          word
            error.param                         opaque
            error.event_id                      opaque
            error.message                       text metadata
            item.object                         word
            item.content[].transcript           text assistant
            item.content[].audio                media audio
            {OpenAiResponseObject.Items("item")}
            response.object                     word
            response.status_details.type        word
            response.status_details.reason      word
            response.status_details.error.type  word
            response.status_details.error.code  word
            response.status_details.**          text metadata
            response.conversation_id            opaque
            response.output_modalities[]        word
            response.modalities[]               word
            response.voice                      word
            response.output_audio_format        word
            response.audio.**                   word
            response.output[].object            word
            response.output[].content[].transcript text assistant
            response.output[].content[].audio   media audio
            {OpenAiResponseObject.Table("response")}
            """),
        EventType = "type",
        Lane = "item_id",
        LaneToo = "item.id",
        Padding = ["obfuscation"],
        Channels =
        [
            new("delta", "output_text", SegmentRole.Assistant) { EventTypes = TextTypes, Part = "content_index" },
            new("delta", "transcript", SegmentRole.Assistant) { EventTypes = TranscriptTypes, Part = "content_index" },
            new("delta", "input_transcript", SegmentRole.User) { EventTypes = ["conversation.item.input_audio_transcription.delta"], Part = "content_index" },
            new("delta", "arguments", SegmentRole.ToolArguments) { EventTypes = JsonCallTypes, Use = ChannelUse.JsonArguments },
            new("delta", "other", SegmentRole.Assistant) { ExceptTypes = ["response.output_audio.delta", "response.audio.delta"], Part = "content_index" },
        ],
        Calls = [new("item") { Types = CallTypes, Name = "item.name" }],
        Closes =
        [
            new()
            {
                EventTypes =
                [
                    "response.output_text.done", "response.text.done", "response.output_audio_transcript.done", "response.audio_transcript.done",
                    "conversation.item.input_audio_transcription.completed", "conversation.item.input_audio_transcription.failed",
                ],
                Lane = "item_id",
                Part = "content_index",
            },
            new() { EventTypes = ["response.function_call_arguments.done", "response.mcp_call_arguments.done"], Lane = "item_id" },
            new() { EventTypes = ["response.output_item.done"], Lane = "item.id" },
            // Calls that a cancelled response left unfinished; texts of other responses go on.
            new() { EventTypes = ["response.done"], Channel = "arguments" },
        ],
        MayEndAnywhere = true,
        KeepAliveTypes = ["rate_limits.updated", "input_audio_buffer.speech_started", "input_audio_buffer.speech_stopped"],
        OtherTypes =
        [
            "error", "session.created", "session.updated", "transcription_session.created", "transcription_session.updated", "conversation.created",
            "conversation.item.created", "conversation.item.added", "conversation.item.done", "conversation.item.retrieved",
            "conversation.item.deleted", "conversation.item.truncated", "conversation.item.input_audio_transcription.segment",
            "input_audio_buffer.committed", "input_audio_buffer.cleared", "input_audio_buffer.timeout_triggered",
            "output_audio_buffer.started", "output_audio_buffer.stopped", "output_audio_buffer.cleared",
            "response.created", "response.output_item.added", "response.content_part.added", "response.content_part.done",
            "response.output_audio.delta", "response.output_audio.done", "response.audio.delta", "response.audio.done",
            "response.mcp_call.in_progress", "response.mcp_call.completed", "response.mcp_call.failed",
            "mcp_list_tools.in_progress", "mcp_list_tools.completed", "mcp_list_tools.failed",
        ],
        Ending = new OpenAiSocketEnding(),
    };
}
