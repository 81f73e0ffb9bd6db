namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// The filter of one text that arrives in pieces. Called by one thread at a time; after a blocked result or
/// <see cref="Complete"/> only disposed.
/// </summary>
internal interface ITextChannel : IDisposable
{
    /// <summary>Takes the next piece and returns the text that is now safe to release: perhaps nothing, perhaps another text.</summary>
    ChannelResult Push(ReadOnlySpan<char> delta);

    /// <summary>Says that the text has ended and returns what was still held.</summary>
    ChannelResult Complete();
}
