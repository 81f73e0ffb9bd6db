using EdgeFilter.Detection;

namespace EdgeFilter.Proxy.WireProtocols.Segments;

/// <summary>Where a part of a judged text comes from.</summary>
/// <param name="Segment">An index into <see cref="InspectedBody.Segments"/>.</param>
/// <param name="Span">In UTF-16 code units of that segment's text.</param>
internal readonly record struct PiecePlace(int Segment, TextSpan Span);
