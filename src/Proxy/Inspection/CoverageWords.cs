using EdgeFilter.Policies;
using EdgeFilter.Proxy.WireProtocols.Segments;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>How records name what was not inspected: <c>image</c>, <c>file:application/pdf</c>.</summary>
internal static class CoverageWords
{
    public static string Of(in CoverageItem item) => Of(item.Kind, item.MediaType);

    /// <param name="type">Repeated only where the bytes themselves say so: a sender's own word could say anything (law 3).</param>
    public static string Of(CoverageKind kind, string? type) =>
        type is not null && MediaSignature.IsKnown(type) ? $"{Words.Of(kind)}:{type}" : Words.Of(kind);
}
