namespace EdgeFilter.Proxy.BlockLog;

/// <summary>
/// Carries a log to where analysts already are, from the log itself: whatever is down, the cursor stands still and nothing is lost.
/// A record may arrive twice, never not at all.
/// </summary>
internal sealed class LogShipper(IBlockLogReader reader, IShipTarget target, ShipCursor cursor, TimeProvider time)
{
    private const int GroupSize = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>Ships what there is, and goes on with what comes when <paramref name="follow"/> says so.</summary>
    /// <returns>How many records the receiver took.</returns>
    public async Task<long> RunAsync(EventQuery query, bool follow, CancellationToken cancellationToken)
    {
        var after = cursor.Read();
        var shipped = 0L;
        while (true)
        {
            var group = reader.ReadAfter(query, after, GroupSize);
            if (group.Count == 0)
            {
                if (!follow)
                {
                    return shipped;
                }

                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
                continue;
            }

            await SendAsync(group, cancellationToken).ConfigureAwait(false);
            after = group[^1].Sequence;
            cursor.Write(after);
            shipped += group.Count;
        }
    }

    private async Task SendAsync(IReadOnlyList<StoredRecord> group, CancellationToken cancellationToken)
    {
        for (var pause = Pause; !await target.TrySendAsync(group, cancellationToken).ConfigureAwait(false);)
        {
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }
}
