using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.WireProtocols.Segments;

/// <summary>A part of a body that was not, or not fully, inspected: for the record, and for policies that refuse such parts.</summary>
/// <param name="Path">Where it stands; names that the sender chose are written <c>*</c>.</param>
/// <param name="Size">Bytes or numbers, as far as they can be told; -1 for a reference.</param>
/// <param name="MediaType">What the sender says it is, if that is a media type; null otherwise.</param>
internal readonly record struct CoverageItem(CoverageKind Kind, string Path, long Size = 0, string? MediaType = null)
{
    /// <summary>The leaf of the body that it stands in; -1 inside JSON inside a string.</summary>
    public int Leaf { get; init; } = -1;
}
