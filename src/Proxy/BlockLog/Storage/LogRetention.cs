using Microsoft.Extensions.Logging;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>
/// Keeps the log within its age and size: the oldest records are removed, and of regions with a shorter time the bodies are erased.
/// A step at a time, so that no decision waits long for its record. Used by the writer's thread alone.
/// </summary>
internal sealed class LogRetention(BlockLogOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>Bodies erased in one step.</summary>
    private const int EraseStep = 2_000;

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);
    private long _lastDone;

    /// <summary>True when the next step should be taken.</summary>
    public bool IsDue => (options.KeepFor is not null || options.KeepBytes is not null || options.KeepRegions.Count > 0)
        && (_lastDone == 0 || time.GetElapsedTime(_lastDone) >= Every);

    /// <summary>Takes a step; once one had nothing to do, none is due for a while.</summary>
    public void Step(IRecordStore store)
    {
        var now = time.GetUtcNow();
        if (store.Trim(options.KeepFor is { } age ? now - age : null, options.KeepBytes) is > 0 and var removed)
        {
            logger.LogTrimmed(removed);
            return;
        }

        foreach (var (region, keep) in options.KeepRegions)
        {
            var expired = store.Older(region, now - keep, EraseStep);
            if (expired.Count > 0)
            {
                logger.LogRegionErased(store.Erase(expired), region);
                return;
            }
        }

        _lastDone = time.GetTimestamp();
    }
}
