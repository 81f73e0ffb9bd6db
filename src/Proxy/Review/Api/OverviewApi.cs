using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Telemetry;

namespace EdgeFilter.Proxy.Review;

/// <summary>The first page: what happened in a stretch of time, and how it compares with the stretch before.</summary>
internal sealed class OverviewApi(BlockLogReaders log, HealthFacts health, ProxyView proxy, TimeProvider time)
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

    private static readonly TermField[] Compared = [TermField.Rule, TermField.Entity, TermField.Tenant, TermField.Model, TermField.Client];
    private static readonly TermField[] Counted = [TermField.Action, .. Tops.Union(Compared)];
    private const int MaxChanges = 8;

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
        return Answer.Json(log.Use(reader =>
        {
            var (counts, countsBefore) = (Counts(reader, current), Counts(reader, before));
            return new OverviewPage(
                current.Since.Value,
                now,
                reader.Summary(),
                counts.Total,
                countsBefore.Total,
                counts.Fields[TermField.Action],
                countsBefore.Fields[TermField.Action],
                reader.Histogram(current, current.Since.Value, now, Buckets),
                Tops.ToDictionary(RecordTerms.NameOf, field => (IReadOnlyList<TermCount>)[.. counts.Fields[field].Take(8)]),
                Changes(counts, countsBefore),
                proxy.Facts?.Traffic(current.Since.Value),
                health.All());
        }));
    }

    // All names: one that is rare in one time and frequent in the other would look new.
    private static FacetCounts Counts(IBlockLogReader reader, EventQuery query) => reader.Facets(query, Counted, TermDictionary.MaxPerField + 1);

    // What people would ask about first: the names whose counts moved most, and among equals those that are new.
    private static Change[] Changes(FacetCounts current, FacetCounts before) =>
    [
        .. Compared.SelectMany(field =>
        {
            var now = current.Fields[field].ToDictionary(count => count.Text, count => count.Count, StringComparer.Ordinal);
            var then = before.Fields[field].ToDictionary(count => count.Text, count => count.Count, StringComparer.Ordinal);
            return now.Keys.Union(then.Keys, StringComparer.Ordinal)
                .Select(text => new Change(RecordTerms.NameOf(field), text, now.GetValueOrDefault(text), then.GetValueOrDefault(text)));
        })
        .Where(change => change.Now != change.Before)
        .OrderByDescending(change => Math.Abs(change.Now - change.Before)).ThenBy(change => change.Before).ThenBy(change => change.Text, StringComparer.Ordinal)
        .Take(MaxChanges),
    ];

    /// <summary>A name that was counted differently in the time before.</summary>
    internal sealed record Change(string Field, string Text, long Now, long Before);

    internal sealed record OverviewPage(
        DateTimeOffset From,
        DateTimeOffset To,
        LogSummary Log,
        long Total,
        long TotalBefore,
        IReadOnlyList<TermCount> Actions,
        IReadOnlyList<TermCount> ActionsBefore,
        IReadOnlyList<TimeBucket> Timeline,
        IReadOnlyDictionary<string, IReadOnlyList<TermCount>> Top,
        IReadOnlyList<Change> Changes,
        TrafficFact? Traffic,
        IReadOnlyList<HealthFact> Health);
}
