namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// Looks at what a frame carries beside its payload: comments, ids, its name. They pass as they are or not at all, and where
/// readers go by different ones they are made to agree.
/// </summary>
internal sealed class FrameGate
{
    private readonly StreamDescription description;
    private readonly LeafInspector inspector;

    public FrameGate(StreamDescription description, LeafInspector inspector)
    {
        this.description = description;
        this.inspector = inspector;
    }

    /// <summary>Takes out the asides that may not pass; false when a rule blocks.</summary>
    public bool TryPassAsides(StreamFrame frame)
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

    /// <summary>Some readers go by the frame's name and some by the payload's type: makes them agree. False when a rule blocks.</summary>
    public bool TryRepairName(StreamFrame frame, EventView view)
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
                frame.Name = type.Contains((byte)'\\') ? default : type.ToArray();
            }

            return true;
        }

        if (!inspector.TryInspectAside(frame.Name.Span, "name", out var passes))
        {
            return false;
        }

        if (!passes)
        {
            frame.IsCanonical = false;
            frame.Name = default;
        }

        return true;
    }
}
