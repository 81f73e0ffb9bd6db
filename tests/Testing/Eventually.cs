using System.Diagnostics;

namespace EdgeFilter.Testing;

/// <summary>Waits for what comes by itself, however slow the machine is: for a condition, never for a time.</summary>
public static class Eventually
{
    /// <summary>How long something may take that takes milliseconds on a quiet machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>Asks again and again until it holds.</summary>
    /// <returns>False when it did not within <see cref="Patience"/>.</returns>
    public static Task<bool> HoldsAsync(Func<bool> condition) => HoldsAsync(() => Task.FromResult(condition()));

    /// <inheritdoc cref="HoldsAsync(Func{bool})"/>
    public static async Task<bool> HoldsAsync(Func<Task<bool>> condition)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Patience; await Task.Delay(Pause))
        {
            if (await condition())
            {
                return true;
            }
        }

        return false;
    }
}
