using System.Buffers;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>A protocol's own words for a stream that does not go on.</summary>
internal interface IStreamEnding
{
    /// <summary>
    /// Ends a stream that a rule blocked so that official clients see their content-policy ending: every open lane is closed, the
    /// last event is written.
    /// </summary>
    /// <param name="notice">A text for the person who reads, or null.</param>
    void WriteBlock(StreamState state, string? notice, IFrameWriter writer, IBufferWriter<byte> output);

    /// <summary>Says that the stream failed, in the protocol's error event.</summary>
    void WriteError(StreamState state, StreamProblem problem, IFrameWriter writer, IBufferWriter<byte> output);

    /// <summary>Writes an event that adds text to a channel whose own events can't carry more; not called where none can begin so.</summary>
    void WriteText(StreamState state, StreamChannel channel, string text, IFrameWriter writer, IBufferWriter<byte> output);
}
