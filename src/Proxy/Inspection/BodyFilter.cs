using EdgeFilter.Detection;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Decisions;
using EdgeFilter.Policies.Filtering;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.Segments;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>Judges every text of a whole body under the exchange's policy, and edits what is to be edited.</summary>
internal sealed class BodyFilter(IValueHasher hasher, CleanTextCache cache, EvidenceSealer sealer, TimeProvider clock)
{
    /// <summary>Finds the texts of a body that was read with its protocol's description, and judges them.</summary>
    /// <param name="at">What the body is a part of, for the record: <c>line 3: </c>.</param>
    public BodyVerdict JudgeRead(JsonBody body, JsonSplicer splicer, Direction direction, Exchange exchange, string at = "")
    {
        using var inspected = InspectedBody.Read(body);
        foreach (var item in inspected.Coverage)
        {
            exchange.NoteUninspected(CoverageWords.Of(item));
        }

        return Judge(inspected, splicer, direction, exchange, at);
    }

    /// <summary>Judges a body that was read with its protocol's description.</summary>
    /// <param name="body">The texts.</param>
    /// <param name="splicer">Takes the edits; of the same body.</param>
    /// <param name="direction">Which way it goes.</param>
    /// <param name="exchange">Takes the hits.</param>
    /// <param name="at">What the body is a part of, for the record: <c>line 3: </c>.</param>
    public BodyVerdict Judge(InspectedBody body, JsonSplicer splicer, Direction direction, Exchange exchange, string at = "")
    {
        SegmentEdits? edits = null;
        SortedSet<int>? changed = null;
        CompiledRule? blockedBy = null;
        CompiledRule? reroutedBy = null;
        List<PiecePlace>? places = null;
        using var texts = body.Texts(JoinReach);
        while (texts.Next())
        {
            if (direction == Direction.Prompt && texts.Role is SegmentRole.System or SegmentRole.Developer && !texts.IsJoined)
            {
                exchange.SystemPhrases?.Add(texts.Text);
            }

            exchange.Sample?.Take(texts.Role, ToolOf(body, texts), texts.Text);
            var plan = exchange.Policy.PlanFor(direction, texts.Role);
            if (plan.IsEmpty || texts.Text.IsEmpty || (texts.IsAcross && direction == Direction.Output))
            {
                continue;
            }

            var key = cache.KeyOf(plan, texts.Text);
            if (key is { } known && cache.IsKnownClean(known))
            {
                continue;
            }

            using var filter = new TextFilter(plan, hasher, FactsOf(body, texts, exchange), clock);
            var found = filter.FilterWhole(texts.Text);
            if (filter.Hits.Count == 0)
            {
                if (key is { } clean)
                {
                    cache.Remember(clean);
                }

                continue;
            }

            exchange.Sample?.Note(filter.Hits);
            var matters = !texts.IsJoined || filter.BlockedBy is not null;
            foreach (var edit in found)
            {
                texts.Locate(edit.Span, places ??= []);
                if (texts.IsJoined && places.Count < 2)
                {
                    // It lies in one part, which was or will be judged by itself.
                    continue;
                }

                matters = true;
                blockedBy ??= Apply(edit, places, body, splicer, edits ??= new SegmentEdits(), filter);
                (changed ??= []).Add(texts.Choice);
            }

            if (matters)
            {
                var path = at + body.PathOf(texts.FirstSegment);
                var evidence = plan.KeepsEvidence ? Seal(filter.Hits, texts, exchange, path) : null;
                foreach (var hit in filter.Hits)
                {
                    exchange.Add(new SegmentHit(hit, direction, texts.Role, path, Evidence: hit.Rule.Evidence == Evidence.Sealed ? evidence : null));
                }
            }

            blockedBy ??= filter.BlockedBy;
            reroutedBy ??= filter.ReroutedBy;
        }

        foreach (var choice in changed ?? [])
        {
            // What spells the text out again must not tell what was taken from it.
            body.DropEchoes(splicer, choice);
        }

        var verdict = new BodyVerdict(blockedBy, reroutedBy).And(PartFilter.Judge(body, splicer, direction, exchange, clock.GetUtcNow(), at));
        exchange.Sample?.Complete(direction, direction == Direction.Prompt ? exchange.Provider?.Region : null);
        return verdict;
    }

    private SealedEvidence? Seal(IReadOnlyList<RuleHit> hits, InspectedTexts texts, Exchange exchange, string path)
    {
        var keeping = hits.Where(h => h.Rule.Evidence == Evidence.Sealed).ToArray();
        return sealer.IsOn && keeping.Length > 0
            ? sealer.Seal(texts.Text, 0, EvidenceSealer.FirstOf(keeping), exchange.RequestId, path, texts.Role)
            : null;
    }

    private static SegmentFacts FactsOf(InspectedBody body, InspectedTexts texts, Exchange exchange)
    {
        var tool = ToolOf(body, texts) is { Length: > 0 } named ? named : exchange.CalledTool;
        return tool.Length > 0 || exchange.SystemPhrases is not null
            ? new SegmentFacts { Tool = tool, SystemPhrases = exchange.SystemPhrases }
            : SegmentFacts.None;
    }

    private static string ToolOf(InspectedBody body, InspectedTexts texts) =>
        texts.Role is SegmentRole.ToolArguments or SegmentRole.ToolResult ? body.ToolOf(texts.FirstSegment) ?? "" : "";

    /// <summary>How far a match may reach over the border between two parts of a message, in UTF-16 code units.</summary>
    private const int JoinReach = 256;

    /// <returns>The rule that blocks because its edit falls on text that must not be changed; null when the edit was made.</returns>
    private static CompiledRule? Apply(
        in TextEdit edit, List<PiecePlace> places, InspectedBody body, JsonSplicer splicer, SegmentEdits edits, TextFilter filter)
    {
        foreach (var place in places)
        {
            if (body.Segments[place.Segment].Echo is >= 0 and var echo)
            {
                body.DropEcho(splicer, echo);
                return null;
            }

            if (!body.Segments[place.Segment].IsEditable)
            {
                return UneditableBlock.RuleFor(edit.Span, filter);
            }
        }

        var replacement = edit.Replacement;
        foreach (var place in places)
        {
            foreach (var span in edits.Claim(place.Segment, place.Span))
            {
                // The first part carries the replacement; what the match has of the others goes.
                body.Replace(splicer, place.Segment, span, replacement);
                body.DropSignature(splicer, place.Segment);
                replacement = "";
            }
        }

        return null;
    }
}
