namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// One frame of a stream: the bytes as they came and, within them, what its reader is handed. A reader fills the same instance
/// again and again; its memory is good until the reader's next call.
/// </summary>
internal sealed class StreamFrame
{
    public FrameKind Kind { get; set; }

    /// <summary>Every byte of the frame as it came, terminators included.</summary>
    public ReadOnlyMemory<byte> Raw { get; set; }

    /// <summary>The payload; for server-sent events the data lines joined.</summary>
    public ReadOnlyMemory<byte> Data { get; set; }

    /// <summary>Where <see cref="Data"/> begins within <see cref="Raw"/>, or -1 when it was put together from several places.</summary>
    public int DataStart { get; set; }

    /// <summary>The event's name, empty when it has none.</summary>
    public ReadOnlyMemory<byte> Name { get; set; }

    /// <summary>The event's id as written, empty when it has none.</summary>
    public ReadOnlyMemory<byte> Id { get; set; }

    /// <summary>The reconnection time as written, empty when there is none.</summary>
    public ReadOnlyMemory<byte> Retry { get; set; }

    /// <summary>Text that travels beside the payload: comments, ids, unknown fields.</summary>
    public List<ReadOnlyMemory<byte>> Asides { get; } = [];

    /// <summary>False when readers disagree on what these bytes say, so that they are not forwarded as they came.</summary>
    public bool IsCanonical { get; set; } = true;

    public void Reset()
    {
        Kind = FrameKind.Event;
        Raw = default;
        Data = default;
        DataStart = -1;
        Name = default;
        Id = default;
        Retry = default;
        Asides.Clear();
        IsCanonical = true;
    }

    /// <summary>A copy with memory of its own, to be kept.</summary>
    public StreamFrame Clone()
    {
        var raw = Raw.ToArray();
        var copy = new StreamFrame
        {
            Kind = Kind,
            Raw = raw,
            Data = DataStart >= 0 ? raw.AsMemory(DataStart, Data.Length) : Data.ToArray(),
            DataStart = DataStart,
            Name = Name.ToArray(),
            Id = Id.ToArray(),
            Retry = Retry.ToArray(),
            IsCanonical = IsCanonical,
        };
        foreach (var aside in Asides)
        {
            copy.Asides.Add(aside.ToArray());
        }

        return copy;
    }
}
