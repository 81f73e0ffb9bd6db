using System.Buffers;
using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// Sends one event with its texts filtered: as it came when nothing changed, otherwise with the strings replaced that had to be.
/// What a text still held when it ended is written into the event that ends it, or into one of our own before it.
/// </summary>
internal sealed class EventRewriter : IDisposable
{
    private readonly CompiledStream stream;
    private readonly StreamState state;
    private readonly IFrameWriter writer;
    private readonly ChannelTable channels;
    private readonly CallTable calls;
    private readonly LeafInspector inspector;
    private readonly SyntheticEvents synthetic;
    private readonly EventCloses closes;
    private readonly ArrayBufferWriter<byte> edited = new(1024);
    private readonly Dictionary<int, string> texts = [];
    private readonly List<OpenChannel> closed = [];
    private readonly HashSet<(string Field, int Lane)> signedOff = [];
    private readonly int maxOpenChannels;
    private long serial;

    public EventRewriter(
        CompiledStream stream, StreamState state, IFrameWriter writer, ITextChannelFactory factory, CallTable calls, LeafInspector inspector,
        int maxOpenChannels)
    {
        this.stream = stream;
        this.state = state;
        this.writer = writer;
        this.calls = calls;
        this.inspector = inspector;
        this.maxOpenChannels = maxOpenChannels;
        channels = new ChannelTable(factory, maxOpenChannels);
        synthetic = new SyntheticEvents(stream, state, writer);
        closes = new EventCloses(stream);
    }

    public bool HasOpenText => channels.Count > 0;

    /// <summary>Sends an event that was read.</summary>
    public EventOutcome Send(EventView view, IBufferWriter<byte> output)
    {
        serial++;
        texts.Clear();
        if (state.OpenLaneCount > maxOpenChannels)
        {
            return EventOutcome.TooManyChannels;
        }

        for (var i = 0; i < view.Body.LeafCount; i++)
        {
            var outcome = TakeLeaf(view, i);
            if (outcome != EventOutcome.Sent)
            {
                if (stream.Description.MayEndAnywhere)
                {
                    RememberWhatPasses(view, i);
                }

                return outcome;
            }
        }

        inspector.NoteNumbers(view);
        closes.Find(view);
        if (!TryCloseTexts(view, output))
        {
            return EventOutcome.Blocked;
        }

        Write(view, output);
        Remember(view);
        return EventOutcome.Sent;
    }

    /// <summary>Ends every text, before a marker that ends the stream; false when a rule blocks.</summary>
    public bool TryCloseAll(IBufferWriter<byte> output)
    {
        channels.TakeAll(closed);
        var passes = TryFinish(null, output);
        state.CloseAll();
        return passes;
    }

    public void Dispose()
    {
        channels.Dispose();
        synthetic.Dispose();
    }

    private EventOutcome TakeLeaf(EventView view, int index)
    {
        ref readonly var leaf = ref view.Body.Leaves[index];
        if (view.ChannelOf(leaf) is not { } line)
        {
            return inspector.TryInspect(view, index) ? EventOutcome.Sent : EventOutcome.Blocked;
        }

        if (leaf.Length == 0)
        {
            return EventOutcome.Sent;
        }

        if (line.IsUnknown)
        {
            inspector.Note(StreamCoverage.UnknownFields);
        }

        var key = view.KeyOf(leaf, line);
        if (line.IsArguments)
        {
            WriteDecidedArguments(key, index);
            return EventOutcome.Sent;
        }

        if (line.Rule.IsSigned && signedOff.Contains((line.Rule.Channel, key.Lane)))
        {
            return EventOutcome.BehindItsSignature;
        }

        if (channels.Get(key, line) is not { } channel)
        {
            return EventOutcome.TooManyChannels;
        }

        return Push(view, index, line, channel) ? EventOutcome.Sent : EventOutcome.Blocked;
    }

    private bool Push(EventView view, int index, CompiledChannel line, OpenChannel channel)
    {
        var rented = ArrayPool<char>.Shared.Rent(view.Body.Leaves[index].Length);
        var length = view.Body.Decode(index, rented);
        var passes = channel.Push(rented.AsSpan(0, length), out var released);
        ArrayPool<char>.Shared.Return(rented, clearArray: true);
        if (!passes)
        {
            return false;
        }

        channel.LastEvent = serial;
        channel.LastLeaf = index;
        if (released is null)
        {
            return true;
        }

        // An event that also begins a tool call would begin it twice, unless the text is a piece of that call's own.
        if (line.Rule.CanContinue && (line.Rule.Role == SegmentRole.ToolArguments || !calls.HasCall(view, alsoWhole: true)))
        {
            channel.Template = view.Frame.Clone();
            channel.TemplateLeaf = index;
        }

        view.EmptyBeside(index, line);
        if (!line.Rule.IsShadow)
        {
            texts[index] = released;
        }

        return true;
    }

    private void WriteDecidedArguments(ChannelKey key, int index)
    {
        if (calls.FindEdited(key) is { } call)
        {
            texts[index] = call.IsWritten ? "" : call.Edited!;
            call.IsWritten = true;
        }
    }

    private bool TryCloseTexts(EventView view, IBufferWriter<byte> output)
    {
        if (channels.Count == 0)
        {
            return true;
        }

        foreach (var (close, lane, part) in closes.Found)
        {
            channels.TakeClosed(close, lane, part, closed);
        }

        return closed.Count == 0 || TryFinish(view, output);
    }

    /// <summary>Ends the texts that were taken from the table: what they held goes into this event, or before it.</summary>
    private bool TryFinish(EventView? view, IBufferWriter<byte> output)
    {
        var passes = true;
        foreach (var channel in closed)
        {
            var rest = "";
            passes = passes && channel.Complete(out rest);
            if (passes && rest.Length > 0 && !channel.IsShadow)
            {
                WriteRest(view, channel, rest, output);
            }

            if (channel.Channel.IsSigned)
            {
                SignOff(view, channel);
            }

            channel.Dispose();
        }

        closed.Clear();
        return passes;
    }

    /// <summary>A text that was edited is not the one that is signed.</summary>
    private void SignOff(EventView? view, OpenChannel channel)
    {
        signedOff.Add((channel.Channel.Field, channel.Channel.Lane));
        if (channel.IsEdited)
        {
            view?.EmptySignatures(channel.Channel.Lane);
        }
    }

    private void WriteRest(EventView? view, OpenChannel channel, string rest, IBufferWriter<byte> output)
    {
        if (view is not null && channel.LastEvent == serial)
        {
            texts[channel.LastLeaf] = (texts.GetValueOrDefault(channel.LastLeaf) ?? view.Body.Text(channel.LastLeaf)) + rest;
        }
        else
        {
            synthetic.Write(channel, rest, output);
        }
    }

    private void Write(EventView view, IBufferWriter<byte> output)
    {
        foreach (var (leaf, text) in texts)
        {
            if (text != view.Body.Text(leaf))
            {
                view.Splicer.ReplaceAll(leaf, text);
            }
        }

        if (view.Splicer.HasEdits)
        {
            edited.ResetWrittenCount();
            view.Splicer.WriteTo(edited);
            writer.ForwardEdited(view.Frame, edited.WrittenSpan, output);
        }
        else
        {
            writer.Forward(view.Frame, output);
        }

        if (stream.Description.Witness is { } witness)
        {
            Show(witness, view);
        }
    }

    private void Show(IStreamWitness witness, EventView view)
    {
        int? lane = view.Lanes.Count == 0 ? null : view.Lanes[0];
        if (!view.Splicer.HasEdits)
        {
            witness.Sent(state, view.Type, lane, view.Body);
            return;
        }

        using var sent = JsonBody.Rent();
        if (sent.Read(edited.WrittenMemory, stream.Description.Fields) is null)
        {
            witness.Sent(state, view.Type, lane, sent);
        }
    }

    private void Remember(EventView view)
    {
        state.HasBegun = true;
        RememberValues(view);
        foreach (var lane in view.Lanes)
        {
            state.OpenLane(lane, stream.LaneKind < 0 ? null : view.Body.TextAt(stream.LaneKind));
        }

        foreach (var (close, lane, _) in closes.Found)
        {
            if (close.Lane.IsNone)
            {
                state.CloseAll();
            }
            else if (close.Channel < 0 && close.Part.IsNone)
            {
                state.CloseLane(lane);
            }

            calls.Forget(close, lane);
        }
    }

    private void RememberValues(EventView view)
    {
        for (var i = 0; i < view.Body.LeafCount; i++)
        {
            RememberValue(view, i);
        }
    }

    /// <summary>A message that is blocked is answered for under its id, unless that is what may not pass.</summary>
    private void RememberWhatPasses(EventView view, int blocked)
    {
        for (var i = 0; i < view.Body.LeafCount; i++)
        {
            if (i != blocked && stream.RememberedAt(view.Body.Leaves[i].Field) is not null && (i < blocked || inspector.TryInspect(view, i)))
            {
                RememberValue(view, i);
            }
        }
    }

    private void RememberValue(EventView view, int index)
    {
        ref readonly var leaf = ref view.Body.Leaves[index];
        if (leaf.Kind != JsonKind.Name && stream.RememberedAt(leaf.Field) is { } path)
        {
            var quotes = leaf.Kind == JsonKind.String ? 1 : 0;
            state.Remember(path, view.Body.Bytes.Span.Slice(leaf.Start - quotes, leaf.Length + (2 * quotes)));
        }
    }
}
