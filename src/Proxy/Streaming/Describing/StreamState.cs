namespace EdgeFilter.Proxy.Streaming;

/// <summary>What the client has been shown of a stream so far: what an event of our own must agree with.</summary>
internal sealed class StreamState
{
    private readonly Dictionary<string, byte[]> remembered = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, string> openLanes = [];

    /// <summary>True when at least one event was sent.</summary>
    public bool HasBegun { get; set; }

    /// <summary>What was shown of each lane; filled by the protocol's <see cref="IStreamWitness"/>, empty without one.</summary>
    public SortedDictionary<int, ShownLane> Shown { get; } = [];

    /// <summary>The highest lane that was sent, or -1.</summary>
    public int LastLane { get; private set; } = -1;

    /// <summary>Lanes that were sent and not closed, lowest first.</summary>
    public IEnumerable<int> OpenLanes => openLanes.Keys;

    public int OpenLaneCount => openLanes.Count;

    /// <summary>What the protocol said a lane is, empty when it did not.</summary>
    public string LaneKind(int lane) => openLanes.GetValueOrDefault(lane, "");

    /// <summary>The last value of a member, as raw JSON; <paramref name="otherwise"/> when none was seen.</summary>
    public ReadOnlySpan<byte> Value(string path, ReadOnlySpan<byte> otherwise) =>
        remembered.TryGetValue(path, out var value) ? value : otherwise;

    public void Remember(string path, ReadOnlySpan<byte> value)
    {
        if (!remembered.TryGetValue(path, out var known) || !value.SequenceEqual(known))
        {
            remembered[path] = value.ToArray();
        }
    }

    public void OpenLane(int lane, string? kind)
    {
        LastLane = Math.Max(LastLane, lane);
        if (kind is not null || !openLanes.ContainsKey(lane))
        {
            openLanes[lane] = kind ?? "";
        }
    }

    public void CloseLane(int lane) => openLanes.Remove(lane);

    public void CloseAll() => openLanes.Clear();
}
