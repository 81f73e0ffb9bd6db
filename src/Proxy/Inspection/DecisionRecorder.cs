using System.Diagnostics;
using EdgeFilter.Detection.Classifiers;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>Turns what applied to an exchange into block records, and waits until they are durable.</summary>
internal sealed class DecisionRecorder(IBlockLog log, FingerprintKey fingerprints, TimeProvider clock, DecisionFeed feed)
{
    /// <summary>Records hits of one direction. Completes when the record is durable: only then may the answer leave (law 9).</summary>
    /// <param name="exchange">Who and under which policy.</param>
    /// <param name="direction">Which way the text went.</param>
    /// <param name="hits">What applied; nothing is recorded when it is empty and nothing blocks.</param>
    /// <param name="blockedBy">The rule that blocks, when one does.</param>
    /// <param name="status">The HTTP status that the client receives.</param>
    /// <returns>False when the record is nowhere: then what it records must not happen.</returns>
    public async ValueTask<bool> RecordAsync(
        Exchange exchange, Direction direction, IReadOnlyList<SegmentHit> hits, CompiledRule? blockedBy, int status, CancellationToken cancellation)
    {
        if (hits.Count == 0 && blockedBy is null)
        {
            return true;
        }

        var record = Build(exchange, direction, hits, blockedBy, status);
        feed.Publish(record);
        var outcome = await log.AppendAsync(record, cancellation);
        return outcome.IsKept;
    }

    private BlockRecord Build(Exchange exchange, Direction direction, IReadOnlyList<SegmentHit> hits, CompiledRule? blockedBy, int status)
    {
        var now = clock.GetUtcNow();
        var acting = hits.Where(h => h.Hit.Rule is { Shadow: false }).OrderByDescending(h => h.Hit.Action).ToArray();
        var deciding = blockedBy ?? (acting.Length > 0 ? acting[0].Hit.Rule : hits[0].Hit.Rule);
        var findings = new List<RecordedFinding>();
        var values = new Dictionary<string, ValueFingerprint>(StringComparer.Ordinal);
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var stages = new Dictionary<string, ClassifierStage>(StringComparer.Ordinal);
        foreach (var hit in hits)
        {
            foreach (var evidence in hit.Hit.Findings.Skip(hit.FirstFinding))
            {
                findings.Add(new RecordedFinding
                {
                    Detector = evidence.Detector.Id, Entity = evidence.Detector.Entity, Start = evidence.Span.Start, Length = evidence.Span.Length,
                    Confidence = evidence.Confidence, Path = hit.Path, Role = hit.Role, Rule = hit.Hit.Rule.Id,
                });
                values.TryAdd(evidence.Fingerprint, new ValueFingerprint
                {
                    Entity = evidence.Detector.Entity, Value = $"{fingerprints.Id}.{evidence.Fingerprint.ToLowerInvariant()}",
                });
                counts[evidence.Detector.Entity] = counts.GetValueOrDefault(evidence.Detector.Entity) + 1;
            }

            foreach (var (entity, count) in hit.Hit.More)
            {
                counts[entity] = counts.GetValueOrDefault(entity) + count;
            }

            if (hit.Hit.Classifier.Length > 0)
            {
                var name = $"classifier:{hit.Hit.Classifier}";
                counts[name] = counts.GetValueOrDefault(name) + 1;
                stages[name] = hit.Hit.Stage is { } stage && stage > stages.GetValueOrDefault(name) ? stage : stages.GetValueOrDefault(name);
            }
        }

        return new BlockRecord
        {
            Id = blockedBy is not null && exchange.TakeId() ? exchange.Id : BlockRecord.NewId(now),
            Time = now,
            Action = blockedBy is not null ? PolicyAction.Block : acting.Length > 0 ? acting[0].Hit.Action : PolicyAction.Log,
            Direction = direction,
            Severity = hits.Count > 0 ? hits.Max(h => h.Hit.Rule.Severity) : deciding.Severity,
            Reason = deciding.Why,
            Tenant = exchange.Client.Tenant,
            Region = exchange.Client.Region,
            Client = exchange.Client.Name,
            Groups = exchange.Client.Groups,
            Policy = new PolicyReference { Name = deciding.Policy.Name, Version = deciding.Policy.Version, Digest = exchange.Policy.Digest },
            Rules = [.. acting.Select(h => h.Hit.Rule.Id).Prepend(deciding.Id).Distinct(StringComparer.Ordinal)],
            Protocol = exchange.Protocol,
            Route = exchange.Route,
            Provider = exchange.Provider?.Name ?? "",
            Model = exchange.IsModelTelling ? SafeText.Unprintable : exchange.Model,
            Cluster = exchange.Cluster,
            Status = status,
            Streamed = exchange.IsStreamed,
            RequestId = exchange.RequestId,
            Entities = [.. counts.Select(c => new EntityCount { Entity = c.Key, Count = c.Value, Stage = stages.TryGetValue(c.Key, out var stage) ? ClassifierStages.Word(stage) : null })],
            Findings = findings,
            Fingerprints = [.. values.Values],
            Coverage = [.. exchange.Coverage],
            Waivers = [.. hits.Where(h => h.Hit.ExceptedBy is not null).Select(h => $"{h.Hit.Rule.Id}: until {h.Hit.ExceptedBy!.Expires:yyyy-MM-dd}").Distinct(StringComparer.Ordinal)],
            Shadow = [.. hits.Where(h => h.Hit.Rule.Shadow).Select(h => new ShadowResult { Policy = h.Hit.Rule.Policy.Name, Rule = h.Hit.Rule.Id, Action = h.Hit.Rule.Then }).Distinct()],
            Evidence = [.. hits.Select(h => h.Evidence).OfType<SealedEvidence>().Distinct(ReferenceEqualityComparer.Instance).Cast<SealedEvidence>()],
            Timings = new RecordTimings(
                (long)Stopwatch.GetElapsedTime(0, exchange.FilterTicks).TotalMicroseconds,
                0,
                exchange.UpstreamStarted == 0 ? 0 : (long)Stopwatch.GetElapsedTime(exchange.UpstreamStarted).TotalMilliseconds),
        };
    }
}
