using EdgeFilter.Detection.Classifiers;
using EdgeFilter.Detection.Classifiers.Models;

namespace EdgeFilter.Detection.Tests.Classifiers.Transformers;

public sealed class ModelGovernorTests
{
    private readonly SteppedClock clock = new();
    private TimeSpan throttled;

    [Fact]
    public void Level_LongWaits_RiseAtOnceAndFallStepByStep()
    {
        var governor = Governor();
        var changes = new List<GovernorLevel>();
        governor.Changed += (_, to) => changes.Add(to);

        governor.Observe(TimeSpan.FromMilliseconds(20));
        Assert.Equal(GovernorLevel.Everything, governor.Level);
        governor.Observe(TimeSpan.FromMilliseconds(150));
        Assert.Equal(GovernorLevel.FirstStages, governor.Level);
        governor.Observe(TimeSpan.FromMilliseconds(500));
        Assert.Equal(GovernorLevel.Nothing, governor.Level);
        Assert.Throws<ClassifierException>(() => governor.Admit("large"));

        clock.Now += TimeSpan.FromSeconds(1.1);
        Assert.Equal(GovernorLevel.FirstStages, governor.Level);
        clock.Now += TimeSpan.FromSeconds(1.1);
        Assert.Equal(GovernorLevel.Everything, governor.Level);
        Assert.Equal([GovernorLevel.FirstStages, GovernorLevel.Nothing, GovernorLevel.FirstStages, GovernorLevel.Everything], changes);
    }

    [Fact]
    public void Level_CoresThatTheSystemTakesAway_SkipSecondStages()
    {
        var governor = Governor();
        clock.Now += TimeSpan.FromSeconds(2);
        throttled = TimeSpan.FromSeconds(1);

        governor.Observe(TimeSpan.Zero);

        Assert.Equal(GovernorLevel.FirstStages, governor.Level);
    }

    [Fact]
    public void TryTakeSlot_OneRunForEachShareOfTheThreads()
    {
        var governor = Governor();

        Assert.Equal([true, true, false], Enumerable.Range(0, 3).Select(_ => governor.TryTakeSlot()));
        governor.ReturnSlot();
        Assert.True(governor.TryTakeSlot());
    }

    private ModelGovernor Governor() =>
        new(new ModelRuntimeOptions { Threads = 4, ThreadsPerRun = 2, LongestWait = TimeSpan.FromMilliseconds(100) }, clock, () => throttled);

    private sealed class SteppedClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
