using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Review;

/// <summary>Lists, counts and single records.</summary>
internal sealed class EventsApi(BlockLogReaders log, QueryReader queries, ReviewNotes notes, AuditTrail audit)
{
    private const int MaxLimit = 200;
    private const int MaxCsv = 100_000;
    private const int CsvPiece = 1_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/events", List).Needs(Role.Viewer);
        routes.MapGet("/api/facets", Facets).Needs(Role.Viewer);
        routes.MapGet("/api/events.csv", Csv).Needs(Role.Viewer);
        routes.MapGet("/api/events/{id:guid}", Detail).Needs(Role.Viewer);
        routes.MapPost("/api/events/{id:guid}/evidence", Evidence).Needs(Role.Reviewer);
    }

    private IResult List(HttpContext context, long? before, int? limit)
    {
        if (queries.TryRead(context, ["before", "limit"], out var query) is { } problem)
        {
            return Answer.BadRequest(problem);
        }

        var page = log.Use(reader => reader.Search(query, before, Math.Clamp(limit ?? 50, 1, MaxLimit)));
        var sequences = page.Records.Select(stored => stored.Sequence).ToArray();
        var (marks, assignees) = (notes.Of(sequences), notes.AssigneesOf(sequences));
        return Answer.Json(new EventList(
            page.Total,
            page.NextBefore,
            [.. page.Records.Select(stored => new EventRow(stored.Sequence, stored.Record.WithoutSealedTexts(), marks.GetValueOrDefault(stored.Sequence), assignees.GetValueOrDefault(stored.Sequence, "")))]));
    }

    private IResult Facets(HttpContext context)
    {
        if (queries.TryRead(context, [], out var query) is { } problem)
        {
            return Answer.BadRequest(problem);
        }

        var counts = log.Use(reader => reader.Facets(query, QueryReader.Facets, top: 12));
        return Answer.Json(counts.Fields.ToDictionary(field => RecordTerms.NameOf(field.Key), field => field.Value));
    }

    private async Task Csv(HttpContext context)
    {
        if (queries.TryRead(context, [], out var query) is { } problem)
        {
            await Answer.BadRequest(problem).ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        audit.Record(context.NameOf(), "export", "csv");
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = "attachment; filename=\"edgefilter-events.csv\"";
        await context.Response.WriteAsync(CsvFormat.Header + "\r\n", context.RequestAborted).ConfigureAwait(false);
        var after = 0L;
        for (var written = 0; written < MaxCsv;)
        {
            var piece = log.Use(reader => reader.ReadAfter(query, after, CsvPiece));
            foreach (var stored in piece)
            {
                await context.Response.WriteAsync(CsvFormat.Line(stored) + "\r\n", context.RequestAborted).ConfigureAwait(false);
            }

            written += piece.Count;
            if (piece.Count < CsvPiece)
            {
                break;
            }

            after = piece[^1].Sequence;
        }
    }

    private IResult Detail(Guid id)
    {
        if (log.Use(reader => reader.Find(id)) is not { } stored)
        {
            return Answer.NotFound("There is no such record; retention may have removed it.");
        }

        var similar = stored.Record.Fingerprints.Take(5).Select(fingerprint => new SimilarCount(
            fingerprint.Entity,
            fingerprint.Value,
            log.Use(reader => reader.Search(new EventQuery { Fingerprint = fingerprint.Value }, null, 1).Total))).ToArray();
        return Answer.Json(new EventDetail(
            stored.Sequence,
            stored.Record.WithoutSealedTexts(),
            Explanation.Of(stored.Record),
            notes.Of(id),
            notes.Of([stored.Sequence]).GetValueOrDefault(stored.Sequence),
            notes.AssigneesOf([stored.Sequence]).GetValueOrDefault(stored.Sequence, ""),
            similar,
            WaiverSuggestion.For(stored.Record),
            WaiverSuggestion.TestFor(stored.Record),
            log.Use(reader => WouldPass.For(stored.Record, reader))));
    }

    // Sealed texts, which the browser opens with a key that never leaves it. Who fetches them is noted before they leave.
    private IResult Evidence(HttpContext context, Guid id)
    {
        if (log.Use(reader => reader.Find(id)) is not { Record.Evidence: { } evidence } stored)
        {
            return Answer.NotFound("There is no evidence for this record.");
        }

        audit.Record(context.NameOf(), "evidence fetched", id.ToString("D"));
        return Answer.Json(new SealedTexts(stored.Record.RequestId, evidence));
    }

    internal sealed record SealedTexts(string RequestId, IReadOnlyList<SealedEvidence> Evidence);

    internal sealed record EventRow(long Sequence, BlockRecord Record, Disposition Disposition, string Assigned);

    internal sealed record EventList(long Total, long? NextBefore, IReadOnlyList<EventRow> Events);

    internal sealed record SimilarCount(string Entity, string Fingerprint, long Count);

    internal sealed record EventDetail(
        long Sequence,
        BlockRecord Record,
        IReadOnlyList<string> Explanation,
        IReadOnlyList<ReviewNote> History,
        Disposition Disposition,
        string Assigned,
        IReadOnlyList<SimilarCount> Similar,
        string Waiver,
        string Test,
        WouldPass? WouldPass);
}
