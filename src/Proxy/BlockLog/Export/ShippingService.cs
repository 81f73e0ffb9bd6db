using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Ships the log from within the proxy, to each receiver of <see cref="BlockLogOptions.Ship"/> by a cursor of its own.</summary>
internal sealed class ShippingService(IOptions<BlockLogOptions> options, BlockLogWriter log, TimeProvider time, ILogger<ShippingService> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>How long an orderly stop waits for a receiver to take what there is still. The rest goes out after the next start.</summary>
    private static readonly TimeSpan LastCall = TimeSpan.FromSeconds(5);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(options.Value.Ship.Select(to => ShipAsync(to, stoppingToken)));

    private async Task ShipAsync(ShipOptions to, CancellationToken stop)
    {
        // The first start makes the log: before that there is nothing to read.
        await ((Task)log.Opened.WaitAsync(stop)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        var cursor = new ShipCursor(to.Cursor ?? Path.Combine(options.Value.EffectiveKeyFolder, $"ship-{new Uri(to.To).Host}.cursor"));
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var reader = BlockLogRegistration.OpenReader(options.Value);
                await using var target = ShipTargets.Create(new Uri(to.To), to.Format);
                await new LogShipper(reader, target, cursor, time).RunAsync(EventQuery.Everything, follow: true, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // Whatever is wrong with the log or the cursor: the proxy goes on, and so does shipping once it is right.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                logger.ShippingPaused(new Uri(to.To).Host, problem.GetType().Name);
                await Task.Delay(Pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        if (log.Opened.IsCompletedSuccessfully)
        {
            await ShipRestAsync(to, cursor).ConfigureAwait(false);
        }
    }

    /// <summary>What was decided since the last look: a receiver that is there has everything when the proxy has ended.</summary>
    private async Task ShipRestAsync(ShipOptions to, ShipCursor cursor)
    {
        using var patience = new CancellationTokenSource(LastCall, time);
        try
        {
            using var reader = BlockLogRegistration.OpenReader(options.Value);
            await using var target = ShipTargets.Create(new Uri(to.To), to.Format);
            await new LogShipper(reader, target, cursor, time).RunAsync(EventQuery.Everything, follow: false, patience.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Nothing may keep the proxy from ending; the cursor stands where the receiver stopped, so nothing is lost.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            logger.ShippingPaused(new Uri(to.To).Host, problem.GetType().Name);
        }
    }
}
