using EdgeFilter.Proxy.WireProtocols.Segments;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>How records name what was not inspected.</summary>
internal static class CoverageWords
{
    public static string Of(CoverageKind kind) => kind switch
    {
        CoverageKind.Image => "image",
        CoverageKind.Audio => "audio",
        CoverageKind.Video => "video",
        CoverageKind.File => "file",
        CoverageKind.TokenIds => "token-ids",
        CoverageKind.StoredHistory => "stored-history",
        CoverageKind.Sealed => "sealed",
        CoverageKind.UnknownType => "unknown-type",
        CoverageKind.UnknownField => "unknown-field",
        CoverageKind.UnreadJson => "unread-json",
        _ => kind.ToString(),
    };
}
