using System.Buffers;
using System.Buffers.Binary;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Filtering;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Inspection;
using EdgeFilter.Proxy.Streaming;

namespace EdgeFilter.Proxy.Sockets;

/// <summary>
/// Filters what a provider says over a socket. Each quiet moment, when no text is being written, begins a new stretch with an
/// exchange of its own: records are about one stretch, and what was found in it is not kept for the length of the session.
/// </summary>
internal sealed class ServerMessages(StreamDescription description, Func<Exchange> newExchange, IValueHasher hasher, EvidenceSealer evidence, TimeProvider clock, int maxMessageLength) : IDisposable
{
    private readonly ArrayBufferWriter<byte> output = new(4 * 1_024);
    private readonly byte[] prefix = new byte[MessageReader.PrefixLength];
    private readonly HashSet<string> stopped = new(StringComparer.Ordinal);

    // More stopped responses than any session has: the provider does not say that they are over.
    private const int MostStopped = 1_024;
    private PolicyTextChannels? channels;
    private CompiledRule? stoppedBy;
    private int partHits;
    private StreamRewriter? rewriter;

    /// <summary>The exchange of the present stretch.</summary>
    public Exchange Exchange { get; private set; } = newExchange();

    public StreamStatus Status => rewriter?.Status ?? StreamStatus.Open;

    public StreamProblem? Problem => rewriter?.Problem;

    /// <summary>The rule that stops the present stretch; null while it may go on.</summary>
    public CompiledRule? BlockedBy => Status == StreamStatus.Blocked ? channels?.BlockedBy ?? stoppedBy : null;

    /// <summary>True when the session can't go on: what was stopped could no longer be told from what was not.</summary>
    public bool IsSpent => stopped.Count > MostStopped;

    /// <summary>The response that the last message belongs to; null when it names none.</summary>
    public string? ResponseId { get; private set; }

    /// <summary>Takes a message; what the client may have is then in <see cref="TakeOutput"/>.</summary>
    public void Take(ReadOnlySpan<byte> message)
    {
        ResponseId = SocketEvent.ResponseOf(message, out var isLast);
        if (ResponseId is { } id && stopped.Contains(id))
        {
            // The client was told that this response is over.
            if (isLast)
            {
                stopped.Remove(id);
            }

            return;
        }

        if (rewriter is null)
        {
            channels = new PolicyTextChannels(Exchange, hasher, evidence, clock);
            var holdCalls = Exchange.Policy.PlanFor(Policies.Direction.Output, Policies.SegmentRole.ToolArguments).MayChange;
            rewriter = new StreamRewriter(description, channels, new StreamRewriterOptions { HoldToolCalls = holdCalls, MaxEventLength = maxMessageLength });
        }

        BinaryPrimitives.WriteInt32BigEndian(prefix, message.Length);
        rewriter.Append(prefix, output);
        rewriter.Append(message, output);
        if (rewriter.Coverage != StreamCoverage.Full)
        {
            JudgeParts(rewriter);
        }
    }

    /// <summary>What has applied since the last call; all of it when the stretch is over.</summary>
    public IReadOnlyList<SegmentHit> TakeNewHits()
    {
        SegmentHit[] hits = [.. channels?.TakeNewHits(atEnd: rewriter!.IsQuiet) ?? [], .. Exchange.Hits.Skip(partHits)];
        partHits = Exchange.Hits.Count;
        return hits;
    }

    /// <summary>The messages for the client so far; good until the next call of <see cref="Take"/>.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> TakeOutput()
    {
        var rest = output.WrittenMemory;
        while (!rest.IsEmpty)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest.Span);
            yield return rest.Slice(MessageReader.PrefixLength, length);
            rest = rest[(MessageReader.PrefixLength + length)..];
        }

        output.Clear();
    }

    /// <summary>Ends the stretch where nothing is held, or what a rule has stopped; the session goes on with another.</summary>
    public void EndStretch()
    {
        if (rewriter is null || (Status == StreamStatus.Open && !rewriter.IsQuiet))
        {
            return;
        }

        if (Status == StreamStatus.Blocked && ResponseId is { } id)
        {
            stopped.Add(id);
        }

        channels?.CompleteSample();
        rewriter.Dispose();
        rewriter = null;
        channels = null;
        stoppedBy = null;
        partHits = 0;
        Exchange = newExchange();
    }

    public void Dispose() => rewriter?.Dispose();

    /// <summary>Judges what nobody reads, such as sound, when a stretch first carries it: what it came with is not shown if it is stopped.</summary>
    private void JudgeParts(StreamRewriter rewriter)
    {
        foreach (var word in StreamCoverageWords.Of(rewriter.Coverage))
        {
            Exchange.NoteUninspected(word);
        }

        foreach (var part in StreamCoverageWords.PartsOf(rewriter.Coverage & ~Exchange.JudgedCoverage))
        {
            stoppedBy ??= PartFilter.Apply(part, Policies.Direction.Output, Exchange, clock.GetUtcNow(), "message", _ => false).BlockedBy;
        }

        Exchange.JudgedCoverage = rewriter.Coverage;
        if (stoppedBy is not null && rewriter.Status == StreamStatus.Open)
        {
            output.Clear();
            rewriter.Block();
        }
    }
}
