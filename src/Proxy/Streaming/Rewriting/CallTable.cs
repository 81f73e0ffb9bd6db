using System.Buffers;
using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>The tool calls that a stream is writing: fragments in, one decision for each call out.</summary>
internal sealed class CallTable
{
    private readonly Dictionary<ChannelKey, AssembledCall> calls = [];
    private readonly Dictionary<(int Lane, int Part), string> names = [];

    // A tool may be forbidden whatever it is called with, and a call may have no arguments at all.
    private readonly HashSet<(int Lane, int Part)> unjudgedNames = [];
    private readonly CompiledStream stream;
    private readonly ITextChannelFactory factory;

    private readonly bool canEdit;

    /// <param name="canEdit">False when fragments are sent before the call is judged, so that its arguments can't be edited.</param>
    public CallTable(CompiledStream stream, ITextChannelFactory factory, bool canEdit)
    {
        this.canEdit = canEdit;
        this.stream = stream;
        this.factory = factory;
    }

    public bool IsEmpty => calls.Count == 0 && unjudgedNames.Count == 0;

    /// <summary>Characters of arguments that wait for their end.</summary>
    public int Length { get; private set; }

    /// <summary>True when the event begins or continues a call whose arguments come in pieces.</summary>
    public bool IsTouchedBy(EventView view)
    {
        if (stream.Description.Calls.Count == 0)
        {
            return false;
        }

        if (HasCall(view, alsoWhole: false))
        {
            return true;
        }

        var body = view.Body;

        foreach (ref readonly var leaf in body.Leaves)
        {
            if (leaf.Length > 0 && view.ChannelOf(leaf) is { IsArguments: true })
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when the event carries a call or the beginning of one.</summary>
    public bool HasCall(EventView view, bool alsoWhole)
    {
        var body = view.Body;
        for (var i = 0; i < body.ContainerCount; i++)
        {
            ref readonly var container = ref body.Containers[i];
            if (stream.CallAt(container.Field) is { } call && (alsoWhole || !call.ArrivesWhole)
                && (call.Types is null || (container.TypeLeaf >= 0 && call.Types.Contains(body.Text(container.TypeLeaf)))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes the event's fragments and tool names.</summary>
    public void Collect(EventView view)
    {
        var body = view.Body;
        for (var i = 0; i < body.LeafCount; i++)
        {
            ref readonly var leaf = ref body.Leaves[i];
            if (leaf.Kind != JsonKind.String || leaf.Length == 0)
            {
                continue;
            }

            if (view.ChannelOf(leaf) is { IsArguments: true } line)
            {
                Append(view, i, line);
            }
            else if (stream.IsCallName(leaf.Field) && stream.ArgumentsLine is { } any)
            {
                var key = (view.KeyOf(leaf.Container, any.Lane), view.KeyOf(leaf.Container, any.Part));
                names[key] = body.Text(i);
                unjudgedNames.Add(key);
            }
        }
    }

    /// <summary>Judges the calls that something ends; false when a rule blocks one.</summary>
    public bool TryDecide(CompiledClose close, int lane)
    {
        foreach (var key in unjudgedNames)
        {
            if ((close.Lane.IsNone || key.Lane == lane) && unjudgedNames.Remove(key) && !TryJudgeName(key))
            {
                return false;
            }
        }

        foreach (var (key, call) in calls)
        {
            if (!call.IsDecided && (close.Lane.IsNone || key.Lane == lane) && (close.Channel < 0 || close.Channel == key.Channel))
            {
                Length -= call.Length;
                if (!call.TryDecide(factory, names.GetValueOrDefault((key.Lane, key.Part))))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>The call whose arguments must be written anew; null when they pass as they came.</summary>
    public AssembledCall? FindEdited(ChannelKey key) =>
        canEdit && calls.GetValueOrDefault(key) is { Edited: not null } call ? call : null;

    /// <summary>Forgets the calls of a lane that were judged and sent.</summary>
    public void Forget(CompiledClose close, int lane)
    {
        foreach (var (key, call) in calls)
        {
            if (call.IsDecided && (close.Lane.IsNone || key.Lane == lane))
            {
                calls.Remove(key);
            }
        }

        foreach (var key in names.Keys)
        {
            if (close.Lane.IsNone || key.Lane == lane)
            {
                unjudgedNames.Remove(key);
                names.Remove(key);
            }
        }
    }

    private bool TryJudgeName((int Lane, int Part) key)
    {
        var name = names[key];
        var what = new StreamChannel(SegmentRole.ToolArguments, "name", key.Lane, key.Part) { IsEditable = false, ToolName = name };
        return WholeText.TryFilter(factory, what, name, out _);
    }

    private void Append(EventView view, int index, CompiledChannel line)
    {
        var leaf = view.Body.Leaves[index];
        var key = view.KeyOf(leaf, line);
        if (!calls.TryGetValue(key, out var call))
        {
            calls[key] = call = new AssembledCall(line, key);
        }

        var rented = ArrayPool<char>.Shared.Rent(leaf.Length);
        var length = view.Body.Decode(index, rented);
        call.Append(rented.AsSpan(0, length));
        Length += length;
        ArrayPool<char>.Shared.Return(rented, clearArray: true);
    }
}
