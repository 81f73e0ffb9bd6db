using System.IO.Compression;
using System.Text;
using EdgeFilter.Proxy.Bodies.Coding;

namespace EdgeFilter.Bench.Fuzz;

/// <summary>
/// Content codings: damaged bodies never decode to more than the limit, and gzip's to the same text or not at all. (Deflate's
/// check sum is weak enough for a fuzzer to find two texts with one sum; what was decoded is what is judged and sent on.)
/// </summary>
internal sealed class CodingTarget : IFuzzTarget
{
    private static readonly byte[] Plain = Encoding.UTF8.GetBytes(string.Join(' ', Enumerable.Range(0, 400)));
    private static readonly BodyLimits Limits = new(MaxBytes: 64 * 1024);

    public string Name => "codings";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        Encode(s => new GZipStream(s, CompressionLevel.Optimal)),
        Encode(s => new ZLibStream(s, CompressionLevel.Optimal)),
        Encode(s => new BrotliStream(s, CompressionLevel.Optimal)),
        Convert.FromHexString("28B52FFD201D6500003068656C6C6F200100A94B11"),
    ];

    public bool Try(byte[] input, Random random)
    {
        var accepted = false;
        foreach (var coding in new[] { ContentCoding.Gzip, ContentCoding.Deflate, ContentCoding.Brotli, ContentCoding.Zstandard })
        {
            if (coding == ContentCoding.Zstandard && !Zstandard.IsAvailable)
            {
                continue;
            }

            if (BodyDecoder.Decode(input, coding, Limits, out var decoded) is not null)
            {
                continue;
            }

            accepted = true;
            if (decoded.Length > Limits.MaxBytes || (coding == ContentCoding.Gzip && !decoded.Span.SequenceEqual(Plain)))
            {
                throw new InvalidOperationException($"{coding}: a damaged body decodes to another text");
            }
        }

        return accepted;
    }

    private static byte[] Encode(Func<Stream, Stream> coder)
    {
        var output = new MemoryStream();
        using (var stream = coder(output))
        {
            stream.Write(Plain);
        }

        return output.ToArray();
    }
}
