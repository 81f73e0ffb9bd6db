using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>
/// Watches how long calls wait for a core, and whether the system takes cores away, and says how much may run. It rises at once and
/// falls a level at a time, after a second in which nothing was amiss. Safe for concurrent use.
/// </summary>
public sealed class ModelGovernor
{
    /// <summary>The meter of waits and of changes of level.</summary>
    public const string MeterName = "EdgeFilter.Models";

    /// <summary>How many times the longest wait makes it refuse.</summary>
    private const int RefuseFactor = 4;

    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(1);
    private static readonly Meter Meter = new(MeterName);
    private static readonly Histogram<double> Waits = Meter.CreateHistogram<double>("edgefilter.models.wait", "ms", "How long a call waited for a core.");
    private static readonly Counter<long> Changes = Meter.CreateCounter<long>("edgefilter.models.governor.changes", description: "Changes of the governor's level.");

    private readonly TimeProvider clock;
    private readonly TimeSpan longestWait;
    private readonly Func<TimeSpan> throttled;
    private readonly int slots;
    private int taken;
    private volatile int level;
    private long lastTrouble;
    private long lastLook;
    private TimeSpan lastThrottled;

    public ModelGovernor(ModelRuntimeOptions options, TimeProvider? clock = null)
        : this(options, clock ?? TimeProvider.System, CoreThrottling.Total)
    {
    }

    internal ModelGovernor(ModelRuntimeOptions options, TimeProvider clock, Func<TimeSpan> throttled)
    {
        this.clock = clock;
        this.throttled = throttled;
        longestWait = options.LongestWait;
        slots = Math.Max(1, options.Threads / Math.Max(1, options.ThreadsPerRun));
        lastLook = clock.GetTimestamp();
        lastThrottled = throttled();
    }

    /// <summary>Raised when the level changed, with the old and the new one, on the thread that noticed.</summary>
    public event Action<GovernorLevel, GovernorLevel>? Changed;

    public GovernorLevel Level
    {
        get
        {
            Relax();
            return (GovernorLevel)level;
        }
    }

    /// <summary>What to lock around <see cref="TryTakeSlot"/> and <see cref="ReturnSlot"/>, and to wait on for a slot.</summary>
    internal object Slots { get; } = new();

    /// <summary>Refuses a call when nothing may run.</summary>
    /// <exception cref="ClassifierException">The machine is too busy.</exception>
    internal void Admit(string model)
    {
        if (Level == GovernorLevel.Nothing)
        {
            throw new ClassifierException($"Model '{model}' is not asked: calls wait too long for a core.");
        }
    }

    /// <summary>Takes one of the runs that may go on at the same time.</summary>
    internal bool TryTakeSlot()
    {
        if (taken == slots)
        {
            return false;
        }

        taken++;
        return true;
    }

    internal void ReturnSlot() => taken--;

    /// <summary>Tells how long a call has waited.</summary>
    internal void Observe(TimeSpan wait)
    {
        Waits.Record(wait.TotalMilliseconds);
        var wanted = wait > longestWait * RefuseFactor ? GovernorLevel.Nothing
            : wait > longestWait || IsThrottled() ? GovernorLevel.FirstStages
            : GovernorLevel.Everything;
        if (wanted > GovernorLevel.Everything)
        {
            Interlocked.Exchange(ref lastTrouble, clock.GetTimestamp());
            Move(level, Math.Max(level, (int)wanted));
        }
    }

    /// <summary>True when more than a fifth of the time since the last look was taken away.</summary>
    private bool IsThrottled()
    {
        var seen = Interlocked.Read(ref lastLook);
        var passed = clock.GetElapsedTime(seen);
        if (passed < Calm || Interlocked.CompareExchange(ref lastLook, clock.GetTimestamp(), seen) != seen)
        {
            return false;
        }

        var total = throttled();
        var lost = total - lastThrottled;
        lastThrottled = total;
        return lost > passed / 5;
    }

    private void Relax()
    {
        var now = level;
        if (now != 0 && clock.GetElapsedTime(Interlocked.Read(ref lastTrouble)) > Calm)
        {
            Interlocked.Exchange(ref lastTrouble, clock.GetTimestamp());
            Move(now, now - 1);
        }
    }

    private void Move(int from, int to)
    {
        if (from != to && Interlocked.CompareExchange(ref level, to, from) == from)
        {
            Changes.Add(1, new TagList { { "level", ((GovernorLevel)to).ToString() } });
            Changed?.Invoke((GovernorLevel)from, (GovernorLevel)to);
        }
    }
}
