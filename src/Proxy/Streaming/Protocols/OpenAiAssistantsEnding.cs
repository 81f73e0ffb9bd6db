using System.Buffers;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// Assistants: a block leaves the message and its run incomplete, for <c>content_filter</c>, and ends the stream as usual. A message
/// that the client never saw is not ended: official clients fail on that.
/// </summary>
internal sealed class OpenAiAssistantsEnding : IStreamEnding
{
    public void WriteBlock(StreamState state, string? notice, IFrameWriter writer, IBufferWriter<byte> output)
    {
        var thread = state.Value(OpenAiAssistantsWitness.Thread, "\"\""u8);
        if (state.Value(OpenAiAssistantsWitness.Message, default) is { IsEmpty: false } message)
        {
            if (notice is not null)
            {
                WriteDelta(message, notice, writer, output);
            }

            new EventText().Raw("{\"id\":"u8).Raw(message).Raw(",\"object\":\"thread.message\",\"thread_id\":"u8).Raw(thread)
                .Raw(""","status":"incomplete","incomplete_details":{"reason":"content_filter"},"role":"assistant","content":[],"attachments":[],"metadata":{}}"""u8)
                .WriteTo("thread.message.incomplete"u8, writer, output);
        }

        new EventText().Raw("{\"id\":"u8).Raw(state.Value(OpenAiAssistantsWitness.Run, "\"run_blocked\""u8)).Raw(",\"object\":\"thread.run\",\"thread_id\":"u8).Raw(thread)
            .Raw(""","status":"incomplete","incomplete_details":{"reason":"content_filter"},"last_error":{"code":"content_filter","message":"""u8).Text(notice)
            .Raw("},\"required_action\":null,\"metadata\":{}}"u8)
            .WriteTo("thread.run.incomplete"u8, writer, output);
        writer.Write("done"u8, "[DONE]"u8, output);
    }

    public void WriteError(StreamState state, StreamProblem problem, IFrameWriter writer, IBufferWriter<byte> output) => new EventText()
        .Raw("{\"error\":{\"message\":"u8).Text(problem.Message)
        .Raw(",\"type\":\"server_error\",\"param\":null,\"code\":"u8).Text(problem.Code).Raw("}}"u8)
        .WriteTo("error"u8, writer, output);

    public void WriteText(StreamState state, StreamChannel channel, string text, IFrameWriter writer, IBufferWriter<byte> output) =>
        throw new InvalidOperationException("Every text of a run has an event that can carry more of it.");

    private static void WriteDelta(ReadOnlySpan<byte> message, string text, IFrameWriter writer, IBufferWriter<byte> output) => new EventText()
        .Raw("{\"id\":"u8).Raw(message).Raw(",\"object\":\"thread.message.delta\",\"delta\":{\"content\":[{\"index\":0,\"type\":\"text\",\"text\":{\"value\":"u8)
        .Text(text).Raw("}}]}}"u8)
        .WriteTo("thread.message.delta"u8, writer, output);
}
