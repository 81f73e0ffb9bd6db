using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Review;

/// <summary>Marking, commenting and assigning records, one or many at once.</summary>
internal sealed class ReviewApi(BlockLogReaders log, ReviewNotes notes, People people, AuditTrail audit)
{
    public const int MaxAtOnce = 500;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/reviews", Review).Needs(Role.Reviewer);
        routes.MapGet("/api/people", () => Answer.Json(people.All)).Needs(Role.Viewer);
    }

    private IResult Review(HttpContext context, ReviewRequest request)
    {
        if (request.Events is not { Count: > 0 and <= MaxAtOnce } events || request.Comment?.Length > ReviewNotes.MaxComment)
        {
            return Answer.BadRequest($"Give 1 to {MaxAtOnce} events, and a comment of at most {ReviewNotes.MaxComment} characters.");
        }

        if (request.Assign is { Length: > 0 } name && !people.Has(name))
        {
            return Answer.BadRequest("Nobody of that name can review.");
        }

        if (request is { Disposition: null, Assign: null } && string.IsNullOrEmpty(request.Comment))
        {
            return Answer.BadRequest("There is nothing to record: give a mark, a comment or a name.");
        }

        var records = log.Use(reader => events.Distinct().Select(reader.Find).OfType<StoredRecord>().ToArray());
        if (records.Length == 0)
        {
            return Answer.NotFound("There are no such records; retention may have removed them.");
        }

        var act = new ReviewAct(request.Disposition, request.Comment ?? "", request.Assign);
        foreach (var record in records)
        {
            notes.Add(record, context.NameOf(), act);
            audit.Record(context.NameOf(), Describe(act), record.Record.Id.ToString("D"));
        }

        return Answer.Json(new Reviewed(records.Length));
    }

    private static string Describe(ReviewAct act) => act switch
    {
        { Disposition: { } mark } => $"review {RecordTerms.NameOf(mark)}",
        { Assign: "" } => "assigned to nobody",
        { Assign: { } name } => $"assigned to {name}",
        _ => "comment",
    };

    internal sealed record ReviewRequest(IReadOnlyList<Guid>? Events, Disposition? Disposition, string? Comment, string? Assign);

    internal sealed record Reviewed(int Count);
}
