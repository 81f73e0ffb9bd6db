using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.WireProtocols.Segments;

/// <summary>A string, number or name of a body that is inspected: where it lies and who speaks. Its text stays in the body.</summary>
/// <param name="Document">0 for the body itself; otherwise a document inside one of its strings, or text decoded from it.</param>
/// <param name="Leaf">The leaf in that document.</param>
/// <param name="IsEditable">False for what may block but is never changed: ids, names, signed text.</param>
/// <param name="IsName">The name of a member rather than its value.</param>
/// <param name="Message">The place of its message, item or element among its siblings; -1 outside of any.</param>
/// <param name="Choice">Which of several answers it belongs to; -1 outside of any.</param>
internal readonly record struct BodySegment(
    int Document, int Leaf, SegmentRole Role, bool IsEditable, bool IsName, int Message, int Choice)
{
    /// <summary>
    /// The object or array of the body that it lies in, if that only repeats other text or points into it: taking that out is
    /// enough. -1 elsewhere.
    /// </summary>
    public int Echo { get; init; } = -1;
}
