using System.Buffers;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>Writes the frames of one stream. Not thread-safe; each call writes whole frames.</summary>
internal interface IFrameWriter
{
    /// <summary>Sends a frame as it came, or, where readers would disagree on it, in its canonical form.</summary>
    void Forward(StreamFrame frame, IBufferWriter<byte> output);

    /// <summary>Sends a frame with another payload and everything else as it came.</summary>
    void ForwardEdited(StreamFrame frame, ReadOnlySpan<byte> data, IBufferWriter<byte> output);

    /// <summary>Sends a frame of our own.</summary>
    void Write(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data, IBufferWriter<byte> output);

    /// <summary>Sends bytes that readers skip; false where the framing knows none.</summary>
    bool WriteKeepAlive(IBufferWriter<byte> output);

    /// <summary>Ends the stream so that its framing is whole.</summary>
    void End(IBufferWriter<byte> output);
}
