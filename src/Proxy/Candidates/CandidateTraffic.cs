using System.Collections.Concurrent;
using System.Diagnostics;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Candidates;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Filtering;
using Microsoft.Extensions.Options;

namespace EdgeFilter.Proxy.Candidates;

/// <summary>
/// Lets a candidate judge a share of the traffic on a thread of its own. A request only ever copies its texts into memory: when
/// the queue or the processor time is used up, exchanges are skipped and counted, never delayed.
/// </summary>
internal sealed class CandidateTraffic : IDisposable
{
    private const int LongestQueue = 1_024;
    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(10);

    private readonly CandidateStore store;
    private readonly CandidateReportFile file;
    private readonly IValueHasher hasher;
    private readonly TimeProvider clock;
    private readonly CandidateOptions options;
    private readonly BlockingCollection<CandidateWork> queue = new(LongestQueue);
    private readonly CancellationTokenSource stopping = new();
    private readonly Thread worker;
    private int waiting;
    private (Candidate Candidate, CleanTextCache Cache)? cached;

    public CandidateTraffic(
        CandidateStore store, CandidateReportFile file, IValueHasher hasher, TimeProvider clock, IOptions<CandidateOptions> options,
        ILogger<CandidateTraffic> logger)
    {
        this.store = store;
        this.file = file;
        this.hasher = hasher;
        this.clock = clock;
        this.options = options.Value;
        worker = new Thread(() => Work(logger)) { IsBackground = true, Name = "candidate", Priority = ThreadPriority.BelowNormal };
        worker.Start();
    }

    /// <summary>Draws lots for an exchange.</summary>
    /// <param name="context">Who asks for what.</param>
    /// <param name="live">What applies to it.</param>
    /// <param name="facts">What a report may say of it.</param>
    /// <returns>Null for an exchange that no candidate looks at.</returns>
    public CandidateSample? Begin(PolicyContext context, CompiledPolicy live, CandidateFacts facts)
    {
        if (store.Current is not { } candidate || Random.Shared.NextDouble() >= options.Share)
        {
            return null;
        }

        if (queue.Count >= LongestQueue || Volatile.Read(ref waiting) >= options.QueuedCharacters)
        {
            candidate.Report.Skip();
            return null;
        }

        return new CandidateSample(this, candidate, context, live, facts);
    }

    public bool TryReserve(int characters)
    {
        if (Interlocked.Add(ref waiting, characters) <= options.QueuedCharacters)
        {
            return true;
        }

        Interlocked.Add(ref waiting, -characters);
        return false;
    }

    public void Release(int characters) => Interlocked.Add(ref waiting, -characters);

    public bool TryQueue(CandidateWork work)
    {
        if (!queue.IsAddingCompleted && queue.TryAdd(work))
        {
            return true;
        }

        work.Sample.Candidate.Report.Skip();
        Forget(work);
        return false;
    }

    public void Dispose()
    {
        queue.CompleteAdding();
        stopping.Cancel();
        worker.Join(TimeSpan.FromSeconds(5));
        stopping.Dispose();
    }

    private CleanTextCache CacheOf(Candidate candidate)
    {
        var known = cached;
        if (known?.Candidate != candidate)
        {
            cached = known = (candidate, new CleanTextCache());
        }

        return known!.Value.Cache;
    }

    private void Work(ILogger logger)
    {
        var budget = new CandidateBudget(options.CpuShare);
        var written = (Report: (CandidateReport?)null, Revision: 0L, At: 0L);
        while (!stopping.IsCancellationRequested)
        {
            if (queue.TryTake(out var work, WriteEvery))
            {
                var started = Stopwatch.GetTimestamp();
                Judge(work, logger);
                if (budget.Spend(Stopwatch.GetElapsedTime(started)) is var rest && rest > TimeSpan.Zero)
                {
                    stopping.Token.WaitHandle.WaitOne(rest < LongestRest ? rest : LongestRest);
                }
            }

            if (store.Current?.Report is { } report && (report != written.Report || report.Revision != written.Revision)
                && Stopwatch.GetElapsedTime(written.At) >= WriteEvery)
            {
                written = (report, report.Revision, Stopwatch.GetTimestamp());
                file.Write(report.View());
            }
        }
    }

    private void Judge(CandidateWork work, ILogger logger)
    {
        var started = Stopwatch.GetTimestamp();
        var sample = work.Sample;
        try
        {
            if (sample.Candidate != store.Current)
            {
                return;
            }

            var policy = sample.Candidate.Selector.For(sample.Context);
            sample.Judge ??= new CandidateJudge(policy, hasher, CacheOf(sample.Candidate), clock);
            var actions = new RuleActions();
            foreach (var text in work.Texts)
            {
                sample.Judge.Judge(work.Direction, text.Role, text.Tool, text.Text, actions);
            }

            foreach (var part in work.Parts)
            {
                sample.Judge.Judge(work.Direction, part, actions);
            }

            if (work.Label is { } label)
            {
                NoteResidency(sample.Live.Residency, label, work.Live);
                NoteResidency(policy.Residency, label, actions);
            }

            sample.Candidate.Report.Add(sample.Facts with { Direction = work.Direction }, work.Live, actions, Stopwatch.GetElapsedTime(started));
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The candidate failed, not the traffic. Its message may hold what it failed on (law 3).
            sample.Candidate.Report.Fail();
            logger.CandidateFailed(error.GetType().Name);
        }
        finally
        {
            Forget(work);
        }
    }

    // Residency is no rule of its own; a report names it like one.
    private static void NoteResidency(CompiledResidency? residency, string label, RuleActions actions)
    {
        if (residency is not null && !residency.AllowedClusters.Contains(label, StringComparer.OrdinalIgnoreCase))
        {
            actions.Add($"{residency.Policy.Name}/residency", PolicyAction.Reroute);
        }
    }

    private void Forget(CandidateWork work)
    {
        work.Texts.ForEach(t => t.Clear());
        Release(work.Reserved);
    }
}
