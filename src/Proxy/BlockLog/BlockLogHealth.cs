namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Whether decisions can be recorded now.</summary>
/// <param name="Fault">What is wrong, <see cref="BlockLogFault.None"/> when nothing is.</param>
/// <param name="Since">Since when it has been so.</param>
/// <param name="Spooled">Records that wait in the spool.</param>
internal sealed record BlockLogHealth(BlockLogFault Fault, DateTimeOffset Since, long Spooled)
{
    public bool IsReady => Fault == BlockLogFault.None;
}
