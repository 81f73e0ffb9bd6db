using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Review;

/// <summary>The first page: what happened in a stretch of time, and how it compares with the stretch before.</summary>
internal sealed class OverviewApi(BlockLogReaders log, TimeProvider time)
{
    private const int Buckets = 48;

    private static readonly Dictionary<string, TimeSpan> Ranges = new(StringComparer.Ordinal)
    {
        ["1h"] = TimeSpan.FromHours(1),
        ["24h"] = TimeSpan.FromHours(24),
        ["7d"] = TimeSpan.FromDays(7),
        ["30d"] = TimeSpan.FromDays(30),
    };

    private static readonly TermField[] Tops = [TermField.Rule, TermField.Entity, TermField.Tenant, TermField.Model];

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/overview", Overview).Needs(Role.Viewer);

    private IResult Overview(string? range)
    {
        if (!Ranges.TryGetValue(range ?? "24h", out var length))
        {
            return Answer.BadRequest("'range' is 1h, 24h, 7d or 30d.");
        }

        var now = time.GetUtcNow();
        var current = new EventQuery { Since = now - length, Until = now.AddSeconds(1) };
        var before = new EventQuery { Since = now - length - length, Until = now - length };
        return Answer.Json(log.Use(reader => new OverviewPage(
            current.Since.Value,
            now,
            reader.Summary(),
            reader.Search(current, null, 1).Total,
            reader.Search(before, null, 1).Total,
            reader.Count(current, TermField.Action, 10),
            reader.Count(before, TermField.Action, 10),
            reader.Histogram(current, current.Since.Value, now, Buckets),
            Tops.ToDictionary(RecordTerms.NameOf, field => reader.Count(current, field, 8)))));
    }

    internal sealed record OverviewPage(
        DateTimeOffset From,
        DateTimeOffset To,
        LogSummary Log,
        long Total,
        long TotalBefore,
        IReadOnlyList<TermCount> Actions,
        IReadOnlyList<TermCount> ActionsBefore,
        IReadOnlyList<TimeBucket> Timeline,
        IReadOnlyDictionary<string, IReadOnlyList<TermCount>> Top);
}
