using System.Buffers;
using System.Text;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// The streaming filter at the wire: bytes of an upstream's stream in, bytes for the client out. What the client can read is the
/// filtered text, or a prefix of it before a block or a failure; events that need no change pass byte for byte. Synchronous and not
/// thread-safe; <see cref="StreamPump"/> moves the bytes.
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
    private readonly CallTable calls;
    private readonly HeldEvents held;
    private readonly EventRewriter events;
    private readonly EventCloses closes;
    private readonly byte[]? doneMarker;

    public StreamRewriter(StreamDescription description, ITextChannelFactory factory, StreamRewriterOptions? options = null)
    {
        this.description = description;
        this.factory = factory;
        this.options = options ?? new StreamRewriterOptions();
        var compiled = description.Compiled;
        reader = description.Framing.CreateReader(this.options.MaxEventLength);
        writer = description.Framing.CreateWriter();
        view = new EventView(compiled);
        inspector = new LeafInspector(factory);
        calls = new CallTable(compiled, factory, this.options.HoldToolCalls);
        held = new HeldEvents(description.IsOrdered);
        events = new EventRewriter(compiled, state, writer, factory, calls, inspector, this.options.MaxOpenChannels);
        closes = new EventCloses(compiled);
        doneMarker = description.DoneMarker is null ? null : Encoding.ASCII.GetBytes(description.DoneMarker);
    }

    public StreamStatus Status { get; private set; }

    /// <summary>Why the stream failed, when it did.</summary>
    public StreamProblem? Problem { get; private set; }

    /// <summary>What was not inspected as described.</summary>
    public StreamCoverage Coverage => inspector.Coverage;

    /// <summary>True when the upstream itself reported an error as its last event.</summary>
    public bool UpstreamReportedError { get; private set; }

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
            reader.Complete();
            ReadFrames(output);
        }

        if (Status == StreamStatus.Open)
        {
            if (!UpstreamReportedError && (!held.IsEmpty || events.HasOpenText || state.OpenLaneCount > 0 || !state.HasBegun))
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

    /// <summary>Ends the stream with the protocol's error event; what was held is never sent.</summary>
    public StreamStatus Fail(StreamProblem problem, IBufferWriter<byte> output)
    {
        if (Status == StreamStatus.Open)
        {
            Problem = problem;
            Status = StreamStatus.Failed;
            description.Ending.WriteError(state, problem, writer, output);
            writer.End(output);
        }

        return Status;
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
        events.Dispose();
    }

    private void ReadFrames(IBufferWriter<byte> output)
    {
        while (Status is StreamStatus.Open or StreamStatus.Ended && reader.TryRead(frame))
        {
            if (Status == StreamStatus.Ended && frame.Kind != FrameKind.Blank)
            {
                inspector.Note(StreamCoverage.DroppedTail);
            }
            else if (!TryPassAsides())
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

    /// <summary>Comments and ids: shown as they are, or not at all. False when a rule blocks.</summary>
    private bool TryPassAsides()
    {
        var passes = true;
        foreach (var aside in frame.Asides)
        {
            if (!inspector.TryInspectAside(aside.Span, "comment", out var asItIs))
            {
                return false;
            }

            passes &= asItIs;
        }

        if (!passes)
        {
            // The canonical form leaves out every aside but the id.
            frame.IsCanonical = false;
            frame.Id = default;
            frame.Retry = default;
        }

        return true;
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
        else if (!view.TryRead(frame))
        {
            TakeUnreadable(output);
        }
        else if (TryRepairName())
        {
            Route(output);
        }
    }

    private void TakeDoneMarker(IBufferWriter<byte> output)
    {
        if (!calls.TryDecide(CompiledClose.Everything, 0))
        {
            Status = StreamStatus.Blocked;
            return;
        }

        held.Free(null);
        SendHeld(output);
        if (Status != StreamStatus.Open)
        {
            return;
        }

        if (!events.TryCloseAll(output))
        {
            Status = StreamStatus.Blocked;
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

    private void TakeUnreadable(IBufferWriter<byte> output)
    {
        if (options.UnreadableEvents == UnreadableEvents.EndStream || !held.IsEmpty)
        {
            Fail(StreamProblem.Unreadable, output);
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

    /// <summary>Some readers go by the frame's name and some by the payload's type: they must agree. False when a rule blocks.</summary>
    private bool TryRepairName()
    {
        if (view.HasUnknownType)
        {
            inspector.Note(StreamCoverage.UnknownEvents);
        }

        if (frame.Name.IsEmpty || (description.TypeIsName && view.Type is not null))
        {
            return true;
        }

        if (description.NameIsType && view.TypeLeaf >= 0)
        {
            var type = view.Body.Raw(view.TypeLeaf);
            if (!frame.Name.Span.SequenceEqual(type))
            {
                frame.IsCanonical = false;
                frame.Name = type.ContainsAny((byte)'\\', (byte)'\r', (byte)'\n') ? default : type.ToArray();
            }

            return true;
        }

        if (!inspector.TryInspectAside(frame.Name.Span, "name", out var passes))
        {
            Status = StreamStatus.Blocked;
            return false;
        }

        if (!passes)
        {
            frame.IsCanonical = false;
            frame.Name = default;
        }

        return true;
    }

    /// <summary>Sends the event, or lets it wait for the tool call that it belongs to.</summary>
    private void Route(IBufferWriter<byte> output)
    {
        var isKeepAlive = view.Type is not null && description.KeepAliveTypes.Contains(view.Type);
        var touches = !isKeepAlive && calls.IsTouchedBy(view);
        if (touches)
        {
            calls.Collect(view);
        }

        var waits = options.HoldToolCalls && !isKeepAlive && (touches || held.MustWait(view));
        if (waits)
        {
            held.Add(view, touches);
            if (held.Length + calls.Length > options.MaxHeldLength)
            {
                Fail(StreamProblem.TooMuchHeld, output);
                return;
            }
        }

        if (!calls.IsEmpty || waits)
        {
            if (!TryDecideCalls())
            {
                Status = StreamStatus.Blocked;
                return;
            }
        }

        if (waits)
        {
            SendHeld(output);
        }
        else
        {
            Send(output);
        }
    }

    private bool TryDecideCalls()
    {
        closes.Find(view);
        foreach (var (close, lane, _) in closes.Found)
        {
            if (!calls.TryDecide(close, lane))
            {
                return false;
            }

            held.Free(close.Lane.IsNone ? null : lane);
        }

        return true;
    }

    private void SendHeld(IBufferWriter<byte> output)
    {
        foreach (var ready in held.IsEmpty ? [] : held.TakeReady())
        {
            // It was read before, so it can be read again.
            if (Status == StreamStatus.Open && view.TryRead(ready))
            {
                Send(output);
            }
        }
    }

    private void Send(IBufferWriter<byte> output)
    {
        switch (events.Send(view, output))
        {
            case EventOutcome.Blocked:
                Status = StreamStatus.Blocked;
                break;
            case EventOutcome.TooManyChannels:
                Fail(StreamProblem.TooManyChannels, output);
                break;
            default:
                if (view.Type is { } type && description.LastEvents.Contains(type))
                {
                    Status = StreamStatus.Ended;
                }

                UpstreamReportedError |= IsError();
                break;
        }
    }

    private bool IsError() =>
        (view.Type is { } type && description.ErrorTypes.Contains(type))
        || (description.Compiled.Error >= 0
            && (view.Body.FindContainer(description.Compiled.Error) >= 0 || view.Body.TextAt(description.Compiled.Error) is not null));
}
