using System.Buffers;
using System.Text;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// The streaming filter at the wire: bytes of an upstream's stream in, bytes for the client out. What the client can read is the
/// filtered text, or a prefix of it before a block or a failure; events that need no change pass byte for byte. Synchronous and not
/// thread-safe.
/// </summary>
internal sealed class StreamRewriter : IDisposable
{
    private readonly StreamDescription description;
    private readonly StreamRewriterOptions options;
    private readonly ITextChannelFactory factory;
    private readonly IFrameReader reader;
    private readonly IFrameWriter writer;
    private readonly StreamFrame frame = new();
    private readonly StreamState state = new();
    private readonly EventView view;
    private readonly LeafInspector inspector;
    private readonly FrameGate gate;
    private readonly EventRouter router;
    private readonly byte[]? doneMarker;
    private readonly byte[][] linkEvents;
    private bool isUpstreamOver;

    public StreamRewriter(StreamDescription description, ITextChannelFactory factory, StreamRewriterOptions? options = null)
    {
        this.description = description;
        this.factory = factory;
        this.options = options ?? new StreamRewriterOptions();
        var compiled = description.Compiled;
        reader = description.Framing.CreateReader(this.options.MaxEventLength);
        writer = description.Framing.CreateWriter();
        view = new EventView(compiled);
        inspector = new LeafInspector(compiled, factory);
        gate = new FrameGate(description, inspector);
        router = new EventRouter(compiled, state, writer, factory, inspector, this.options);
        linkEvents = [.. description.LinkEvents.Select(Encoding.ASCII.GetBytes)];
        doneMarker = description.DoneMarker is null ? null : Encoding.ASCII.GetBytes(description.DoneMarker);
    }

    public StreamStatus Status { get; private set; }

    /// <summary>True when nothing is held and no text is being written.</summary>
    public bool IsQuiet => router.IsWhole;

    /// <summary>Why the stream failed, when it did.</summary>
    public StreamProblem? Problem { get; private set; }

    /// <summary>What was not inspected as described.</summary>
    public StreamCoverage Coverage => inspector.Coverage;

    /// <summary>True when the upstream itself reported an error as its last event.</summary>
    public bool UpstreamReportedError => router.SawError;

    /// <summary>Takes bytes of the upstream and writes what the client may have of them.</summary>
    public StreamStatus Append(ReadOnlySpan<byte> bytes, IBufferWriter<byte> output)
    {
        if (Status is StreamStatus.Open or StreamStatus.Ended)
        {
            reader.Append(bytes);
            ReadFrames(output);
        }

        return Status;
    }

    /// <summary>Says that the upstream ended the stream properly, as far as HTTP goes.</summary>
    public StreamStatus Complete(IBufferWriter<byte> output)
    {
        if (Status == StreamStatus.Open)
        {
            isUpstreamOver = true;
            reader.Complete();
            ReadFrames(output);
        }

        if (Status == StreamStatus.Open && description.EndsTexts)
        {
            Settle(router.CloseAll(view, output), output);
        }

        if (Status == StreamStatus.Open)
        {
            if (!router.IsWhole)
            {
                return Fail(StreamProblem.EndedEarly, output);
            }

            Status = StreamStatus.Ended;
        }

        if (Status == StreamStatus.Ended)
        {
            writer.End(output);
        }

        return Status;
    }

    /// <summary>
    /// Ends the stream with the protocol's error event; what was held is never sent. Also for a stream that has ended or was
    /// blocked, when its last bytes could not be sent: a record that can't be made, for instance.
    /// </summary>
    public StreamStatus Fail(StreamProblem problem, IBufferWriter<byte> output)
    {
        if (Status != StreamStatus.Failed)
        {
            Problem = problem;
            Status = StreamStatus.Failed;
            description.Ending.WriteError(state, problem, writer, output);
            writer.End(output);
        }

        return Status;
    }

    /// <summary>Stops the stream for what it carries beside text; <see cref="WriteBlock"/> ends it.</summary>
    public void Block()
    {
        if (Status is StreamStatus.Open or StreamStatus.Ended)
        {
            Status = StreamStatus.Blocked;
        }
    }

    /// <summary>Ends a blocked stream the way the protocol's own provider does.</summary>
    /// <param name="notice">A text for the person who reads, or null.</param>
    public void WriteBlock(string? notice, IBufferWriter<byte> output)
    {
        if (Status != StreamStatus.Blocked)
        {
            throw new InvalidOperationException("Only a blocked stream ends with a block.");
        }

        description.Ending.WriteBlock(state, notice, writer, output);
        writer.End(output);
    }

    /// <summary>Writes bytes that keep the connection alive and that readers skip; false where the framing has none.</summary>
    public bool WriteKeepAlive(IBufferWriter<byte> output) => Status == StreamStatus.Open && writer.WriteKeepAlive(output);

    public void Dispose()
    {
        reader.Dispose();
        view.Dispose();
        router.Dispose();
    }

    private void ReadFrames(IBufferWriter<byte> output)
    {
        while (Status is StreamStatus.Open or StreamStatus.Ended && reader.TryRead(frame))
        {
            if (Status == StreamStatus.Ended && frame.Kind != FrameKind.Blank)
            {
                inspector.Note(StreamCoverage.DroppedTail);
            }
            else if (!gate.TryPassAsides(frame))
            {
                Status = StreamStatus.Blocked;
            }
            else if (frame.Kind != FrameKind.Event)
            {
                writer.Forward(frame, output);
            }
            else
            {
                TakeEvent(output);
            }
        }

        if (Status == StreamStatus.Open && reader.Problem is { } problem)
        {
            Fail(problem, output);
        }
    }

    private void TakeEvent(IBufferWriter<byte> output)
    {
        var data = frame.Data.Span;
        if (data.IsEmpty)
        {
            writer.Forward(frame, output);
        }
        else if (doneMarker is not null && data.Trim((byte)' ').SequenceEqual(doneMarker))
        {
            TakeDoneMarker(output);
        }
        else if (linkEvents.Length > 0 && IsLink())
        {
            TakeLink(output);
        }
        else if (!view.TryRead(frame))
        {
            TakeUnreadable(output);
        }
        else if (!gate.TryRepairName(frame, view))
        {
            Status = StreamStatus.Blocked;
        }
        else
        {
            Settle(router.Take(view, output), output);
        }
    }

    private void TakeDoneMarker(IBufferWriter<byte> output)
    {
        Settle(router.CloseAll(view, output), output);
        if (Status != StreamStatus.Open)
        {
            return;
        }

        if (frame.Data.Length != doneMarker!.Length)
        {
            // Readers that look for exactly the marker would take it for broken JSON.
            frame.Data = doneMarker;
            frame.DataStart = -1;
            frame.IsCanonical = false;
        }

        writer.Forward(frame, output);
        Status = StreamStatus.Ended;
    }

    private bool IsLink() => Array.Exists(linkEvents, name => frame.Name.Span.SequenceEqual(name));

    private void TakeLink(IBufferWriter<byte> output)
    {
        if (!inspector.TryInspectAside(frame.Data.Span, "link", out _))
        {
            Status = StreamStatus.Blocked;
        }
        else if (options.Link?.Invoke(Encoding.UTF8.GetString(frame.Data.Span)) is { } own)
        {
            writer.ForwardEdited(frame, Encoding.UTF8.GetBytes(own), output);
        }
        else
        {
            writer.Forward(frame, output);
        }
    }

    private void TakeUnreadable(IBufferWriter<byte> output)
    {
        if (options.UnreadableEvents == UnreadableEvents.EndStream || router.IsHolding)
        {
            // A last event that was cut off is not broken, it is not all there.
            Fail(isUpstreamOver ? StreamProblem.EndedEarly : StreamProblem.Unreadable, output);
            return;
        }

        inspector.Note(StreamCoverage.UnreadableEvents);
        var what = new StreamChannel(Policies.SegmentRole.Assistant, "event", 0, 0);
        var text = Encoding.UTF8.GetString(frame.Data.Span);
        if (!WholeText.TryFilter(factory, what, text, out var edited))
        {
            Status = StreamStatus.Blocked;
        }
        else if (edited is null && !text.Contains('\uFFFD'))
        {
            writer.Forward(frame, output);
        }
        else
        {
            writer.ForwardEdited(frame, Encoding.UTF8.GetBytes(edited ?? text), output);
        }
    }

    private void Settle(EventOutcome outcome, IBufferWriter<byte> output)
    {
        switch (outcome)
        {
            case EventOutcome.Blocked:
                Status = StreamStatus.Blocked;
                break;
            case EventOutcome.BehindItsSignature:
                Fail(StreamProblem.Unreadable, output);
                break;
            case EventOutcome.TooManyChannels:
                Fail(StreamProblem.TooManyChannels, output);
                break;
            case EventOutcome.TooMuchHeld:
                Fail(StreamProblem.TooMuchHeld, output);
                break;
            default:
                Status = router.SawLastEvent ? StreamStatus.Ended : Status;
                break;
        }
    }
}
