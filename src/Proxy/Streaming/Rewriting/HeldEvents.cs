namespace EdgeFilter.Proxy.Streaming;

/// <summary>Events that wait, in order, for the tool calls in them to be complete.</summary>
internal sealed class HeldEvents
{
    private readonly HashSet<int> undecidedLanes = [];
    private readonly HashSet<int> waitingLanes = [];
    private readonly bool isOrdered;
    private List<Waiting> waiting = [];

    /// <param name="isOrdered">Everything behind a held event waits; otherwise only what is in its lanes.</param>
    public HeldEvents(bool isOrdered)
    {
        this.isOrdered = isOrdered;
    }

    public bool IsEmpty => waiting.Count == 0;

    /// <summary>Bytes of the events that wait.</summary>
    public int Length { get; private set; }

    /// <summary>True when the event may not overtake those that wait.</summary>
    public bool MustWait(EventView view) =>
        waiting.Count > 0 && (isOrdered || view.Lanes.Count == 0 || view.Lanes.Any(waitingLanes.Contains));

    /// <param name="isCall">The event itself is part of a call, whose lane is undecided from now on.</param>
    public void Add(EventView view, bool isCall)
    {
        waiting.Add(new Waiting(view.Frame.Clone(), [.. view.Lanes]));
        Length += view.Frame.Raw.Length;
        waitingLanes.UnionWith(view.Lanes);
        if (isCall)
        {
            undecidedLanes.UnionWith(view.Lanes);
        }
    }

    /// <summary>Says that the calls of a lane are decided; of every lane when <paramref name="lane"/> is null.</summary>
    public void Free(int? lane)
    {
        if (lane is { } one)
        {
            undecidedLanes.Remove(one);
        }
        else
        {
            undecidedLanes.Clear();
        }
    }

    /// <summary>Takes the events that no longer wait, in order.</summary>
    public List<StreamFrame> TakeReady()
    {
        var ready = new List<StreamFrame>();
        var rest = new List<Waiting>();
        waitingLanes.Clear();
        Length = 0;
        foreach (var one in waiting)
        {
            if (one.Lanes.Any(lane => undecidedLanes.Contains(lane) || waitingLanes.Contains(lane)) || (isOrdered && rest.Count > 0))
            {
                rest.Add(one);
                waitingLanes.UnionWith(one.Lanes);
                Length += one.Frame.Raw.Length;
            }
            else
            {
                ready.Add(one.Frame);
            }
        }

        waiting = rest;
        return ready;
    }

    private sealed record Waiting(StreamFrame Frame, int[] Lanes);
}
