namespace EdgeFilter.Proxy.Streaming;

/// <summary>Short values of one stream that were inspected and passed: every chunk repeats the same id and model.</summary>
internal sealed class SeenValues
{
    private const int MaxLength = 96;
    private const int Slots = 32;

    private readonly Entry[] entries = new Entry[Slots];

    public bool Contains(int place, ReadOnlySpan<byte> value)
    {
        ref readonly var entry = ref entries[SlotOf(place, value)];
        return entry.Value is not null && entry.Place == place && value.SequenceEqual(entry.Value);
    }

    public void Add(int place, ReadOnlySpan<byte> value)
    {
        if (value.Length <= MaxLength)
        {
            entries[SlotOf(place, value)] = new Entry(place, value.ToArray());
        }
    }

    // Values are compared in full: a collision costs an inspection, never skips one.
    private static int SlotOf(int place, ReadOnlySpan<byte> value) =>
        (int)((uint)(place + (value.Length * 7) + (value.IsEmpty ? 0 : value[0] + value[^1])) % Slots);

    private readonly record struct Entry(int Place, byte[] Value);
}
