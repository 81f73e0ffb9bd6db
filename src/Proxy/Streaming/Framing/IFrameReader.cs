namespace EdgeFilter.Proxy.Streaming;

/// <summary>Cuts a stream of bytes, however it arrives, into frames. Not thread-safe.</summary>
internal interface IFrameReader : IDisposable
{
    /// <summary>Why nothing more can be read, or null. Once set it stays, and <see cref="TryRead"/> returns false.</summary>
    StreamProblem? Problem { get; }

    /// <summary>Takes the next bytes. Frames handed out before are no longer good.</summary>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Says that no more bytes will come.</summary>
    void Complete();

    /// <summary>Fills <paramref name="frame"/> with the next whole frame; false when more bytes are needed.</summary>
    bool TryRead(StreamFrame frame);
}
