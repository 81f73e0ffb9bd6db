using EdgeFilter.Proxy.Telemetry;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeFilter.Proxy.Tests.Telemetry;

public class TrafficWindowTests
{
    private readonly Clock _clock = new();

    [Fact]
    public void Since_Latencies_ArePercentilesWithinAFifth() => Prop.ForAll(
        Gen.Choose(1, 5_000_000).NonEmptyListOf().ToArbitrary(), microseconds =>
        {
            var window = Window();
            foreach (var latency in microseconds)
            {
                window.Add(Request(TimeSpan.FromMicroseconds(latency)));
            }

            var sorted = microseconds.Order().ToArray();
            var seen = window.Since(_clock.GetUtcNow().AddHours(-1));
            return Fits(seen.MedianMicroseconds, sorted[(int)Math.Ceiling(sorted.Length * 0.5) - 1])
                && Fits(seen.P95Microseconds, sorted[(int)Math.Ceiling(sorted.Length * 0.95) - 1]);

            static bool Fits(double? told, int exact) => told >= exact && told <= (exact * 1.25) + 1;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Since_Answers_AreLocalOrNot_AndFailuresBelongToTheirCluster()
    {
        var window = Window();
        window.Add(Request(TimeSpan.Zero, cluster: "local"));
        window.Add(Request(TimeSpan.Zero, cluster: "cloud"));
        window.Add(Request(TimeSpan.Zero, RequestOutcome.UpstreamFailed, "cloud"));
        window.Add(Request(TimeSpan.Zero, RequestOutcome.Blocked));
        window.Add(Request(TimeSpan.Zero, RequestOutcome.Refused) with { Protocol = "" });

        var seen = window.Since(_clock.GetUtcNow().AddHours(-1));

        Assert.Equal((5, 2, 1), (seen.Requests, seen.Answered, seen.Local));
        Assert.Equal([("cloud", false), ("local", true)], seen.Clusters.Select(cluster => (cluster.Name, cluster.IsWell)));
    }

    [Fact]
    public void Since_MoreThanADayAgo_IsForgottenAndItsPlaceUsedAgain()
    {
        var window = Window();
        window.Add(Request(TimeSpan.FromSeconds(9)));
        _clock.Advance(TimeSpan.FromHours(24));

        Assert.Equal(0, window.Since(_clock.GetUtcNow().AddDays(-2)).Requests);
        window.Add(Request(TimeSpan.FromMicroseconds(100)));
        Assert.Equal((1, true), (window.Since(_clock.GetUtcNow().AddDays(-2)).Requests, window.Since(_clock.GetUtcNow().AddDays(-2)).P95Microseconds < 200));
    }

    [Fact]
    public void Since_Nothing_HasNoPercentiles()
    {
        var seen = Window().Since(_clock.GetUtcNow().AddHours(-1));

        Assert.Equal((0, null, null), (seen.Requests, seen.MedianMicroseconds, seen.P95Microseconds));
    }

    private TrafficWindow Window() => new(_clock, cluster => cluster == "local");

    private static MeasuredRequest Request(TimeSpan filter, RequestOutcome outcome = RequestOutcome.Forwarded, string cluster = "cloud") => new()
    {
        Outcome = outcome, Protocol = "openai.chat", Cluster = cluster, Route = "/openai/v1/chat/completions", Status = 200, Streamed = false,
        Filter = filter, Whole = filter, RequestId = "req_1",
    };

    private sealed class Clock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 11, 1, 8, 0, 30, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(TimeSpan time) => _now += time;
    }
}
