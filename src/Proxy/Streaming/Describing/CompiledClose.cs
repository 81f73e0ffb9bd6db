namespace EdgeFilter.Proxy.Streaming;

/// <summary>A <see cref="CloseRule"/> with its names resolved.</summary>
/// <param name="Lane">The lane that is closed; none for every text of the stream.</param>
/// <param name="Part">The part that is closed; none for every part.</param>
/// <param name="Channel">The channel that is closed; -1 for every channel.</param>
internal sealed record CompiledClose(KeyPath Lane, KeyPath Part, int Channel)
{
    /// <summary>Closes every text of the stream.</summary>
    public static readonly CompiledClose Everything = new(KeyPath.None, KeyPath.None, -1);
}
