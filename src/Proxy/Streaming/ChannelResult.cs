namespace EdgeFilter.Proxy.Streaming;

/// <summary>What a text channel answers to a piece of text.</summary>
/// <remarks><see cref="Released"/> may point into the channel's own memory: it is good until the next call on that channel.</remarks>
internal readonly ref struct ChannelResult
{
    private ChannelResult(ReadOnlySpan<char> released, bool unchanged, bool blocked)
    {
        Released = released;
        IsUnchanged = unchanged;
        IsBlocked = blocked;
    }

    /// <summary>Text that no continuation can change any more, to be sent on now.</summary>
    public ReadOnlySpan<char> Released { get; }

    /// <summary>True when the piece may pass exactly as it came: everything before it was released, nothing of it is held.</summary>
    public bool IsUnchanged { get; }

    /// <summary>True when a rule blocks: nothing more of this stream may reach the client.</summary>
    public bool IsBlocked { get; }

    /// <summary>The piece passes as it came, and nothing is held.</summary>
    public static ChannelResult Unchanged(ReadOnlySpan<char> delta) => new(delta, unchanged: true, blocked: false);

    /// <summary>This text is sent instead of the piece; more may be held.</summary>
    public static ChannelResult Release(ReadOnlySpan<char> text) => new(text, unchanged: false, blocked: false);

    /// <summary>The stream ends here.</summary>
    public static ChannelResult Block() => new([], unchanged: false, blocked: true);
}
