using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.Transcripts;

/// <summary>Transcripts that are no JSON: one text, or the subtitles of SRT and WebVTT.</summary>
internal static class TranscriptTable
{
    public static FieldMap Text { get; } = FieldMap.Parse("""
        .      message below assistant
        .      text assistant
        []     text assistant
        frame  opaque -- the number, time and settings of a subtitle
        """);
}
