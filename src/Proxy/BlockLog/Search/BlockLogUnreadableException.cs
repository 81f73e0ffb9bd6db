namespace EdgeFilter.Proxy.BlockLog;

/// <summary>The log can't be read now; says why without a word of the store's own message.</summary>
internal sealed class BlockLogUnreadableException(BlockLogFault fault) : Exception($"The block log can't be read: {fault}.")
{
    public BlockLogFault Fault { get; } = fault;
}
