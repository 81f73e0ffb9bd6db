using EdgeFilter.Policies;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Decisions;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.Segments;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>Judges what of a body nobody reads: media, token ids, stored history. It is let pass, taken out, or stops the body.</summary>
internal static class PartFilter
{
    /// <param name="body">Whose coverage is judged.</param>
    /// <param name="splicer">Takes the edits; of the same body.</param>
    /// <param name="exchange">Takes the hits.</param>
    /// <param name="at">What the body is a part of, for the record.</param>
    public static BodyVerdict Judge(InspectedBody body, JsonSplicer splicer, Direction direction, Exchange exchange, DateTimeOffset now, string at)
    {
        // A candidate may have rules on parts where the policies in force have none.
        if (body.Coverage.Count == 0 || (exchange.Policy.PartRulesFor(direction).IsEmpty && exchange.Sample is null))
        {
            return default;
        }

        var verdict = default(BodyVerdict);
        var standIns = new StandIns(body.Body, splicer);
        foreach (var item in body.Coverage)
        {
            var part = new UninspectedPart(item.Kind, item.Size, item.MediaType);
            verdict = verdict.And(Apply(part, direction, exchange, now, at + item.Path, note => standIns.TryReplace(item.Leaf, note)));
        }

        foreach (var kind in body.UnlistedKinds)
        {
            // Too many to take out one by one.
            verdict = verdict.And(Apply(new UninspectedPart(kind), direction, exchange, now, at, _ => false));
        }

        standIns.Finish();
        return verdict;
    }

    /// <summary>Judges one part.</summary>
    /// <param name="takeOut">Takes it out and leaves a note; false when that can't be done.</param>
    public static BodyVerdict Apply(
        in UninspectedPart part, Direction direction, Exchange exchange, DateTimeOffset now, string path, Func<string, bool> takeOut)
    {
        CompiledRule? blockedBy = null;
        CompiledRule? reroutedBy = null;
        CompiledRule? takenOutBy = null;
        var hits = PartJudge.Judge(exchange.Policy, direction, part, now);
        exchange.Sample?.Take(part, hits);
        foreach (var hit in hits)
        {
            // A session sends sound in a thousand messages: that it passes unread is said once.
            if (hit.Action > PolicyAction.Log || exchange.IsFirst(hit.Rule, part.Kind))
            {
                exchange.Add(new SegmentHit(hit, direction, SegmentRole.Metadata, path));
            }

            switch (hit.Action)
            {
                case PolicyAction.Block:
                    blockedBy ??= hit.Rule;
                    break;
                case PolicyAction.Reroute:
                    reroutedBy ??= hit.Rule;
                    break;
                case PolicyAction.Redact:
                    takenOutBy ??= hit.Rule;
                    break;
                default:
                    break;
            }
        }

        if (blockedBy is null && takenOutBy is not null && !takeOut(NoteOf(takenOutBy, part.Kind)))
        {
            blockedBy = takenOutBy;
        }

        return new BodyVerdict(blockedBy, reroutedBy);
    }

    private static string NoteOf(CompiledRule rule, CoverageKind kind) =>
        rule.ReplaceWith?.Replace("{entity}", Words.Of(kind), StringComparison.Ordinal) ?? $"[{Words.Of(kind)} removed by policy]";
}
