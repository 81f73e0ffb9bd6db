using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>What an event says has ended.</summary>
internal sealed class EventCloses
{
    private readonly CompiledStream stream;
    private readonly List<(CompiledClose Close, int Lane, int Part)> found = [];

    public EventCloses(CompiledStream stream)
    {
        this.stream = stream;
    }

    /// <summary>The result of the last <see cref="Find"/>.</summary>
    public List<(CompiledClose Close, int Lane, int Part)> Found => found;

    public void Find(EventView view)
    {
        found.Clear();
        foreach (var close in stream.ClosesOf(view.Type))
        {
            found.Add((close, view.KeyOf(0, close.Lane), view.KeyOf(0, close.Part)));
        }

        foreach (ref readonly var leaf in view.Body.Leaves)
        {
            if (leaf.Kind is JsonKind.String or JsonKind.True && stream.CloseAt(leaf.Field) is { } close)
            {
                found.Add((close, view.KeyOf(leaf.Container, close.Lane), view.KeyOf(leaf.Container, close.Part)));
            }
        }
    }
}
