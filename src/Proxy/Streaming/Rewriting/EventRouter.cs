using System.Buffers;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// Sends events on, or lets them wait: nothing of a tool call is sent before its arguments are complete and judged, and what
/// belongs behind it waits with it.
/// </summary>
internal sealed class EventRouter : IDisposable
{
    private readonly StreamDescription description;
    private readonly StreamRewriterOptions options;
    private readonly StreamState state;
    private readonly CallTable calls;
    private readonly HeldEvents held;
    private readonly EventRewriter events;
    private readonly EventCloses closes;
    private bool sawRequiredEvent;

    public EventRouter(
        CompiledStream stream, StreamState state, IFrameWriter writer, ITextChannelFactory factory, LeafInspector inspector, StreamRewriterOptions options)
    {
        description = stream.Description;
        this.state = state;
        this.options = options;
        calls = new CallTable(stream, factory, canEdit: options.HoldToolCalls);
        held = new HeldEvents(description.IsOrdered);
        events = new EventRewriter(stream, state, writer, factory, calls, inspector, options.MaxOpenChannels);
        closes = new EventCloses(stream);
    }

    /// <summary>The protocol's last event was sent.</summary>
    public bool SawLastEvent { get; private set; }

    /// <summary>The upstream reported an error of its own.</summary>
    public bool SawError { get; private set; }

    /// <summary>True while events wait for a tool call.</summary>
    public bool IsHolding => !held.IsEmpty;

    /// <summary>True when the stream may end here: everything that was begun has been ended.</summary>
    public bool IsWhole
    {
        get
        {
            if (SawError)
            {
                return true;
            }

            if (!held.IsEmpty || events.HasOpenText)
            {
                return false;
            }

            return description.MayEndAnywhere
                || (state.HasBegun && state.OpenLaneCount == 0 && (description.RequiredEvents.Count == 0 || sawRequiredEvent));
        }
    }

    /// <summary>Takes an event that was read.</summary>
    public EventOutcome Take(EventView view, IBufferWriter<byte> output)
    {
        var isKeepAlive = view.Type is not null && description.KeepAliveTypes.Contains(view.Type);
        var isCall = !isKeepAlive && calls.IsTouchedBy(view);
        if (isCall)
        {
            calls.Collect(view);
        }

        var waits = options.HoldToolCalls && !isKeepAlive && (isCall || held.MustWait(view));
        if (waits)
        {
            held.Add(view, isCall);
        }

        if (held.Length + calls.Length > options.MaxHeldLength)
        {
            return EventOutcome.TooMuchHeld;
        }

        if ((waits || !calls.IsEmpty) && !TryDecideCalls(view))
        {
            return EventOutcome.Blocked;
        }

        return waits ? SendReady(view, output) : Send(view, output);
    }

    /// <summary>Ends every text and every call, before a marker that ends the stream.</summary>
    public EventOutcome CloseAll(EventView view, IBufferWriter<byte> output)
    {
        if (!calls.TryDecide(CompiledClose.Everything, 0))
        {
            return EventOutcome.Blocked;
        }

        held.Free(null);
        var outcome = SendReady(view, output);
        return outcome == EventOutcome.Sent && !events.TryCloseAll(output) ? EventOutcome.Blocked : outcome;
    }

    public void Dispose() => events.Dispose();

    private bool TryDecideCalls(EventView view)
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

    private EventOutcome SendReady(EventView view, IBufferWriter<byte> output)
    {
        foreach (var ready in held.IsEmpty ? [] : held.TakeReady())
        {
            // It was read before, so it can be read again.
            if (view.TryRead(ready) && Send(view, output) is var outcome and not EventOutcome.Sent)
            {
                return outcome;
            }
        }

        return EventOutcome.Sent;
    }

    private EventOutcome Send(EventView view, IBufferWriter<byte> output)
    {
        var outcome = events.Send(view, output);
        if (outcome == EventOutcome.Sent)
        {
            SawError |= IsError(view);
            if (view.Type is { } type)
            {
                SawLastEvent |= description.LastEvents.Contains(type);
                sawRequiredEvent |= description.RequiredEvents.Contains(type);
            }
        }

        return outcome;
    }

    // An exception of Amazon's event streams is an error whatever the events inside them are.
    private bool IsError(EventView view) =>
        view.Frame.Name.Span is [(byte)'!', ..]
        || (view.Type is { } type && description.ErrorTypes.Contains(type))
        || (description.Compiled.Error >= 0
            && (view.Body.FindContainer(description.Compiled.Error) >= 0 || view.Body.TextAt(description.Compiled.Error) is not null));
}
