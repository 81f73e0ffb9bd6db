using System.Text;

namespace EdgeFilter.Proxy.WireProtocols.Segments;

/// <summary>What bytes are, by how they begin: a sender's word for it may be wrong.</summary>
internal static class MediaSignature
{
    /// <summary>Bytes that are enough to tell.</summary>
    public const int ProbeLength = 4_096;

    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private const string Sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const string Slides = "application/vnd.openxmlformats-officedocument.presentationml.presentation";

    // Source: the formats' own specifications; IANA's media types.
    private static readonly (byte[] Bytes, int At, string Type)[] Signatures =
    [
        ([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A], 0, "image/png"),
        ([0xFF, 0xD8, 0xFF], 0, "image/jpeg"),
        ([.. "GIF8"u8], 0, "image/gif"),
        ([.. "WEBP"u8], 8, "image/webp"),
        ([.. "BM"u8], 0, "image/bmp"),
        ([.. "II*\0"u8], 0, "image/tiff"),
        ([.. "MM\0*"u8], 0, "image/tiff"),
        ([.. "ftypavif"u8], 4, "image/avif"),
        ([.. "ftypheic"u8], 4, "image/heic"),
        ([.. "%PDF-"u8], 0, "application/pdf"),
        ([.. "PK\u0003\u0004"u8], 0, "application/zip"),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], 0, "application/x-ole-storage"),
        ([0x1F, 0x8B], 0, "application/gzip"),
        ([.. "ID3"u8], 0, "audio/mpeg"),
        ([0xFF, 0xFB], 0, "audio/mpeg"),
        ([0xFF, 0xF3], 0, "audio/mpeg"),
        ([.. "OggS"u8], 0, "audio/ogg"),
        ([.. "fLaC"u8], 0, "audio/flac"),
        ([.. "WAVE"u8], 8, "audio/wav"),
        ([.. "ftypM4A"u8], 4, "audio/mp4"),
        ([.. "ftyp"u8], 4, "video/mp4"),
        ([0x1A, 0x45, 0xDF, 0xA3], 0, "video/webm"),
    ];

    /// <returns>A media type; null for bytes that begin like nothing known.</returns>
    public static string? TypeOf(ReadOnlySpan<byte> bytes)
    {
        foreach (var (signature, at, type) in Signatures)
        {
            if (bytes.Length >= at + signature.Length && bytes.Slice(at, signature.Length).SequenceEqual(signature))
            {
                return type == "application/zip" ? InZip(bytes) : type;
            }
        }

        return null;
    }

    /// <summary>True for the media types that are told by their bytes here.</summary>
    public static bool IsKnown(string type) => type is Word or Sheet or Slides || Signatures.Any(s => s.Type == type);

    // Office files are archives whose first entries name their parts.
    private static string InZip(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(ProbeLength, bytes.Length)]);
        return head.Contains("word/", StringComparison.Ordinal) ? Word
            : head.Contains("xl/", StringComparison.Ordinal) ? Sheet
            : head.Contains("ppt/", StringComparison.Ordinal) ? Slides
            : "application/zip";
    }
}
