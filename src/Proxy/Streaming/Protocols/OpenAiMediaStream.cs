using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>What OpenAI's media APIs stream: pictures as they are painted, sound as it is spoken, and transcripts, which are text.</summary>
internal static class OpenAiMediaStream
{
    public static StreamDescription Description { get; } = new()
    {
        Id = "openai.media",
        Framing = StreamFraming.Sse,
        Fields = FieldMap.Parse("""
            type                                word type
            delta                               text assistant
            text                                text assistant
            id                                  opaque
            segment_id                          opaque
            start                               number
            end                                 number
            speaker                             text assistant
            logprobs[].token                    text assistant
            logprobs[].top_logprobs[].token     opaque
            logprobs[].**                       number
            b64_json                            media
            audio                               media
            partial_image_index                 number
            created_at                          number
            size                                word
            quality                             word
            background                          word
            output_format                       word
            revised_prompt                      text assistant
            usage.**                            number
            error.type                          word
            error.code                          word
            error.param                         opaque
            error.message                       text metadata
            """),
        EventType = "type",
        NameIsType = true,
        Channels =
        [
            new("delta", "transcript", SegmentRole.Assistant) { Beside = "logprobs" },
            new("text", "text", SegmentRole.Assistant) { EventTypes = DoneTypes, Beside = "logprobs", CanContinue = false },
            new("text", "segments", SegmentRole.Assistant) { EventTypes = ["transcript.text.segment"] },
            new("logprobs[].token", "logprobs", SegmentRole.Assistant) { Beside = "logprobs", IsShadow = true },
        ],
        Closes = [new() { EventTypes = [.. DoneTypes, "speech.audio.done", "image_generation.completed", "image_edit.completed"] }],
        RequiredEvents = [.. DoneTypes, "speech.audio.done", "image_generation.completed", "image_edit.completed"],
        DoneMarker = "[DONE]",
        ErrorPath = "error",
        ErrorTypes = ["error"],
        OtherTypes =
        [
            "transcript.text.delta", "speech.audio.delta", "image_generation.partial_image", "image_edit.partial_image",
        ],
        Ending = new OpenAiErrorEnding(),
    };

    private static string[] DoneTypes => ["transcript.text.done"];
}
