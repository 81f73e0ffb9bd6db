using System.Diagnostics;

namespace EdgeFilter.Detection.Classifiers.Models.Transformers;

/// <summary>
/// The calls that wait for one graph. Whoever comes while a core is free runs at once; while all are busy rows gather, and those of
/// one length share the next run. Nobody waits for company. Safe for concurrent use.
/// </summary>
internal sealed class RunQueue
{
    private readonly string model;
    private readonly TransformerGraph graph;
    private readonly ModelGovernor governor;
    private readonly ModelRuntimeOptions options;
    private readonly LinkedList<TokenRow> waiting = new();

    public RunQueue(string model, TransformerGraph graph, ModelGovernor governor, ModelRuntimeOptions options)
    {
        this.model = model;
        this.graph = graph;
        this.governor = governor;
        this.options = options;
    }

    /// <summary>Runs rows, and returns when all of them have their result.</summary>
    /// <exception cref="ClassifierException">A run failed, the deadline passed, or too many wait.</exception>
    public void Run(IReadOnlyList<TokenRow> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var started = Stopwatch.GetTimestamp();
        var deadline = options.Deadline * (1 + (rows.Sum(r => r.Length) / options.BatchTokens));
        governor.Admit(model);
        lock (governor.Slots)
        {
            foreach (var row in rows)
            {
                waiting.AddLast(row);
            }
        }

        var isFirst = true;
        while (true)
        {
            var left = deadline - Stopwatch.GetElapsedTime(started);
            if (TakeBatch(rows, left, out var batch))
            {
                break;
            }

            if (isFirst)
            {
                governor.Observe(Stopwatch.GetElapsedTime(started));
                isFirst = false;
            }

            RunBatch(batch, left);
        }

        foreach (var row in rows)
        {
            if (row.Failure is { } failure)
            {
                throw new ClassifierException(failure.Message, failure);
            }
        }
    }

    /// <summary>Waits until all own rows are done, which gives true, or until there is a core and something to run on it.</summary>
    private bool TakeBatch(IReadOnlyList<TokenRow> own, TimeSpan left, out List<TokenRow> batch)
    {
        batch = [];
        var until = Stopwatch.GetTimestamp() + (long)(left.TotalSeconds * Stopwatch.Frequency);
        lock (governor.Slots)
        {
            while (true)
            {
                if (own.All(r => r.IsDone))
                {
                    return true;
                }

                var remaining = TimeSpan.FromSeconds((until - Stopwatch.GetTimestamp()) / (double)Stopwatch.Frequency);
                if (remaining <= TimeSpan.Zero)
                {
                    GiveUp(own);
                    throw new ClassifierException($"Model '{model}' did not answer in time.");
                }

                if (waiting.Count > 0 && governor.TryTakeSlot())
                {
                    FillBatch(batch);
                    return false;
                }

                Monitor.Wait(governor.Slots, remaining);
            }
        }
    }

    private void FillBatch(List<TokenRow> batch)
    {
        var length = waiting.First!.Value.Length;
        var most = graph.SharesRuns ? Math.Max(1, options.BatchTokens / length) : 1;
        for (var node = waiting.First; node is not null && batch.Count < most;)
        {
            var next = node.Next;
            if (node.Value.Length == length)
            {
                batch.Add(node.Value);
                waiting.Remove(node);
            }

            node = next;
        }
    }

    private void RunBatch(List<TokenRow> batch, TimeSpan patience)
    {
        ClassifierException? failure = null;
        try
        {
            graph.Run(batch, patience);
        }
        catch (ClassifierException failed)
        {
            failure = failed;
        }
        finally
        {
            lock (governor.Slots)
            {
                // Whatever went wrong, nobody may wait for a row that no one will run.
                foreach (var row in batch.Where(r => !r.IsDone))
                {
                    row.Failure = failure ?? new ClassifierException($"Model '{model}' failed to run.");
                }

                governor.ReturnSlot();
                Monitor.PulseAll(governor.Slots);
            }
        }
    }

    private void GiveUp(IReadOnlyList<TokenRow> own)
    {
        foreach (var row in own)
        {
            waiting.Remove(row);
        }
    }
}
