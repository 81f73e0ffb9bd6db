using System.IO.Compression;
using System.IO.Pipelines;
using Microsoft.Extensions.Primitives;

namespace EdgeFilter.Proxy.Bodies.Coding;

/// <summary>
/// Undoes the content coding of a body that is read as it comes. Whether it was cut off must be told from what is in it: the
/// framework's streams take a cut-off body for a complete one, and leave out what stands behind its end.
/// </summary>
internal static class DecodedStream
{
    /// <summary>Opens a stream of the plain bytes.</summary>
    /// <param name="coded">Read from; closed with the stream that is returned.</param>
    /// <param name="contentEncoding">The header that says how the body is coded.</param>
    /// <returns>The same stream where nothing is coded; or why it can't be read: then <paramref name="coded"/> stays open.</returns>
    public static async ValueTask<(Stream? Plain, BodyProblem? Problem)> OpenAsync(Stream coded, StringValues contentEncoding, CancellationToken cancellation)
    {
        if (BodyDecoder.ReadHeader(contentEncoding, out var coding) is { } problem)
        {
            return (null, problem);
        }

        return coding switch
        {
            ContentCoding.Identity => (coded, null),
            ContentCoding.Gzip => (new GZipStream(coded, CompressionMode.Decompress), null),
            ContentCoding.Brotli => (new BrotliStream(coded, CompressionMode.Decompress), null),
            ContentCoding.Deflate => (await InflateAsync(coded, cancellation), null),
            _ => (null, CodingProblems.Unsupported("gzip, deflate, br")),
        };
    }

    /// <summary>"deflate" is a zlib stream by the standard, and a bare one by some servers: the first two bytes tell.</summary>
    private static async ValueTask<Stream> InflateAsync(Stream coded, CancellationToken cancellation)
    {
        var reader = PipeReader.Create(coded);
        var begin = await reader.ReadAtLeastAsync(BodyDecoder.ZlibHeader, cancellation);
        Span<byte> header = stackalloc byte[BodyDecoder.ZlibHeader];
        var isZlib = CopyHeader(begin.Buffer, header) && BodyDecoder.IsZlib(header);
        reader.AdvanceTo(begin.Buffer.Start);
        var whole = reader.AsStream();
        return isZlib ? new ZLibStream(whole, CompressionMode.Decompress) : new DeflateStream(whole, CompressionMode.Decompress);
    }

    private static bool CopyHeader(in System.Buffers.ReadOnlySequence<byte> begin, Span<byte> header)
    {
        if (begin.Length < header.Length)
        {
            return false;
        }

        System.Buffers.BuffersExtensions.CopyTo(begin.Slice(0, header.Length), header);
        return true;
    }
}
