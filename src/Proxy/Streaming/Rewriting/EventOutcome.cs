namespace EdgeFilter.Proxy.Streaming;

/// <summary>What became of one event.</summary>
internal enum EventOutcome
{
    /// <summary>It was sent.</summary>
    Sent,

    /// <summary>A rule blocks: it was not sent, and nothing more may be.</summary>
    Blocked,

    /// <summary>It goes on with a text whose signature has come: readers would put together what nobody has judged as one.</summary>
    BehindItsSignature,

    /// <summary>It opens more texts than allowed.</summary>
    TooManyChannels,

    /// <summary>It makes more wait than allowed.</summary>
    TooMuchHeld,
}
