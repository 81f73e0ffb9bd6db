using EdgeFilter.Policies.Decisions;

namespace EdgeFilter.Policies.Candidates;

/// <summary>What a candidate would have done differently, counted. Holds names and numbers, never text. Safe for concurrent use.</summary>
public sealed class CandidateReport(string digest, string liveDigest, DateTimeOffset since)
{
    /// <summary>The newest differences are kept one by one; all are counted.</summary>
    public const int MostRecords = 200;

    private readonly Lock changing = new();
    private readonly Queue<CandidateDifference> records = new();
    private readonly Dictionary<(string Rule, Direction Direction, PolicyAction? Live, PolicyAction? Candidate), long> rules = [];
    private readonly Dictionary<(Direction Direction, PolicyAction Live, PolicyAction Candidate), long> decisions = [];
    private long judged;
    private long different;
    private long stricter;
    private long looser;
    private long skipped;
    private long tooLong;
    private long failed;
    private TimeSpan spent;

    public string Digest => digest;

    public string LiveDigest => liveDigest;

    /// <summary>Counts one direction of an exchange that both have judged.</summary>
    /// <param name="facts">Who and what, without content.</param>
    /// <param name="live">What was in force did, by rule.</param>
    /// <param name="candidate">What the candidate would have done, by rule.</param>
    /// <param name="took">How long the candidate took.</param>
    public void Add(in CandidateFacts facts, RuleActions live, RuleActions candidate, TimeSpan took)
    {
        var changes = live.ChangesTo(candidate);
        lock (changing)
        {
            judged++;
            spent += took;
            if (changes.Count == 0)
            {
                return;
            }

            different++;
            stricter += candidate.Strictest > live.Strictest ? 1 : 0;
            looser += candidate.Strictest < live.Strictest ? 1 : 0;
            var decision = (facts.Direction, live.Strictest, candidate.Strictest);
            decisions[decision] = decisions.GetValueOrDefault(decision) + 1;
            foreach (var change in changes)
            {
                var key = (change.Rule, facts.Direction, change.Live, change.Candidate);
                rules[key] = rules.GetValueOrDefault(key) + 1;
            }

            if (records.Count == MostRecords)
            {
                records.Dequeue();
            }

            records.Enqueue(new CandidateDifference(facts, live.Strictest, candidate.Strictest, changes));
        }
    }

    /// <summary>Counts an exchange that was drawn and not judged, because the budget or the queue was used up.</summary>
    public void Skip() => Interlocked.Increment(ref skipped);

    /// <summary>Counts a text that is longer than a candidate may look at.</summary>
    public void SkipTooLong() => Interlocked.Increment(ref tooLong);

    /// <summary>Counts an exchange on which the candidate failed.</summary>
    public void Fail() => Interlocked.Increment(ref failed);

    /// <summary>Changes whenever the report does.</summary>
    public long Revision => Interlocked.Read(ref judged) + Interlocked.Read(ref skipped) + Interlocked.Read(ref tooLong) + Interlocked.Read(ref failed);

    public CandidateReportView View()
    {
        lock (changing)
        {
            return new CandidateReportView
            {
                Digest = digest,
                LiveDigest = liveDigest,
                Since = since,
                Judged = judged,
                Different = different,
                Stricter = stricter,
                Looser = looser,
                Skipped = Interlocked.Read(ref skipped),
                TooLong = Interlocked.Read(ref tooLong),
                Failed = Interlocked.Read(ref failed),
                Milliseconds = (long)spent.TotalMilliseconds,
                Decisions =
                [
                    .. decisions.OrderByDescending(d => d.Value).ThenBy(d => d.Key)
                        .Select(d => new DecisionChangeCount(d.Key.Direction, d.Key.Live, d.Key.Candidate, d.Value)),
                ],
                Rules =
                [
                    .. rules.OrderByDescending(r => r.Value).ThenBy(r => r.Key.Rule, StringComparer.Ordinal)
                        .Select(r => new RuleChangeCount(r.Key.Rule, r.Key.Direction, r.Key.Live, r.Key.Candidate, r.Value)),
                ],
                Records = [.. records.Reverse()],
            };
        }
    }
}
