using System.Buffers;
using System.IO.Compression;
using System.IO.Hashing;
using Microsoft.Extensions.Primitives;

namespace EdgeFilter.Proxy.Bodies.Coding;

/// <summary>
/// Undoes a body's content coding, whole and within limits. What was coded must be sent on decoded, without
/// <c>Content-Encoding</c>: what another decoder would make of the original bytes is anyone's guess.
/// </summary>
/// <remarks>
/// The framework's streams take a cut-off body for a complete one, and ignore what stands behind the end. So the check sums at the
/// end are compared here with what came out.
/// </remarks>
internal static class BodyDecoder
{
    private const int GzipHeader = 10;
    private const int GzipTrailer = 8;

    /// <summary>Bytes before a zlib stream's data.</summary>
    public const int ZlibHeader = 2;

    private const int ZlibTrailer = 4;

    private static readonly byte[] Sentinel = "the end"u8.ToArray();
    private static readonly byte[] LastMember = Gzip(Sentinel);

    /// <summary>The codings that can be undone here, as <c>Accept-Encoding</c> spells them.</summary>
    public static string Supported => Zstandard.IsAvailable ? "gzip, deflate, br, zstd" : "gzip, deflate, br";

    /// <summary>True for the header of a zlib stream (RFC 1950, section 2.2); a bare deflate stream does not begin so.</summary>
    public static bool IsZlib(ReadOnlySpan<byte> header) => (header[0] & 0x0F) == 8 && header[0] >> 4 <= 7 && ((header[0] << 8) | header[1]) % 31 == 0;

    /// <summary>Reads the header that says how a body is coded.</summary>
    public static BodyProblem? ReadHeader(StringValues contentEncoding, out ContentCoding coding)
    {
        coding = ContentCoding.Identity;
        if (contentEncoding.Count > 1 || contentEncoding.ToString().Contains(',', StringComparison.Ordinal))
        {
            return CodingProblems.SeveralLayers();
        }

        ContentCoding? known = contentEncoding.ToString().Trim().ToLowerInvariant() switch
        {
            "" or "identity" => ContentCoding.Identity,
            "gzip" or "x-gzip" => ContentCoding.Gzip,
            "deflate" => ContentCoding.Deflate,
            "br" => ContentCoding.Brotli,
            "zstd" when Zstandard.IsAvailable => ContentCoding.Zstandard,
            _ => null,
        };
        coding = known ?? ContentCoding.Identity;
        return known is null ? CodingProblems.Unsupported(Supported) : null;
    }

    /// <summary>Decodes a body.</summary>
    /// <param name="decoded">The same memory when nothing was coded.</param>
    public static BodyProblem? Decode(ReadOnlyMemory<byte> body, ContentCoding coding, BodyLimits limits, out ReadOnlyMemory<byte> decoded)
    {
        decoded = body;
        if (coding == ContentCoding.Identity)
        {
            return body.Length <= limits.MaxBytes ? null : CodingProblems.TooLarge();
        }

        var output = new ArrayBufferWriter<byte>(Math.Clamp(body.Length * 4, 256, limits.MaxBytes));
        try
        {
            var problem = coding switch
            {
                ContentCoding.Gzip => Gunzip(body, limits, output),
                ContentCoding.Deflate => Inflate(body, limits, output),
                ContentCoding.Brotli => Unbrotli(body.Span, limits, output),
                _ => Zstandard.Decode(body.Span, limits, output),
            };
            decoded = problem is null ? output.WrittenMemory : default;
            return problem;
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            // zlib's own error, for a preset dictionary for instance, is an IOException; nothing else reads or writes here.
            return CodingProblems.Damaged();
        }
    }

    private static BodyProblem? Gunzip(ReadOnlyMemory<byte> body, BodyLimits limits, ArrayBufferWriter<byte> output)
    {
        if (body.Length < GzipHeader + GzipTrailer)
        {
            return CodingProblems.Damaged();
        }

        using var stream = new GZipStream(new MemoryStream(body.ToArray()), CompressionMode.Decompress);
        if (Copy(stream, body.Length, limits, output) is { } problem)
        {
            return problem;
        }

        var trailer = body.Span[^GzipTrailer..];
        var sum = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        var size = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
        return sum == Crc32.HashToUInt32(output.WrittenSpan) && size == (uint)output.WrittenCount ? null : CodingProblems.Damaged();
    }

    private static BodyProblem? Inflate(ReadOnlyMemory<byte> body, BodyLimits limits, ArrayBufferWriter<byte> output)
    {
        if (body.Length >= ZlibHeader && !IsZlib(body.Span))
        {
            return InflateBare(body, limits, output);
        }

        if (body.Length < ZlibHeader + ZlibTrailer)
        {
            return CodingProblems.Damaged();
        }

        using var stream = new ZLibStream(new MemoryStream(body.ToArray()), CompressionMode.Decompress);
        if (Copy(stream, body.Length, limits, output) is { } problem)
        {
            return problem;
        }

        var sum = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(body.Span[^ZlibTrailer..]);
        return sum == Adler32(output.WrittenSpan) ? null : CodingProblems.Damaged();
    }

    /// <summary>
    /// Decodes a bare deflate stream, as some servers and clients understand "deflate". It has no check sum, and the framework says
    /// neither that one was cut off nor that something stands behind its end. So it is read a second time as a gzip member with the
    /// check sum of what came out, and with another member behind it, which is only reached from exactly its end.
    /// </summary>
    private static BodyProblem? InflateBare(ReadOnlyMemory<byte> body, BodyLimits limits, ArrayBufferWriter<byte> output)
    {
        using var stream = new DeflateStream(new MemoryStream(body.ToArray()), CompressionMode.Decompress);
        if (Copy(stream, body.Length, limits, output) is { } problem)
        {
            return problem;
        }

        var members = new ArrayBufferWriter<byte>(body.Length + 64);
        members.Write((ReadOnlySpan<byte>)[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
        members.Write(body.Span);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(members.GetSpan(4), Crc32.HashToUInt32(output.WrittenSpan));
        members.Advance(4);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(members.GetSpan(4), output.WrittenCount);
        members.Advance(4);
        members.Write(LastMember);
        using var again = new GZipStream(new MemoryStream(members.WrittenSpan.ToArray()), CompressionMode.Decompress);
        var sum = new Crc32();
        sum.Append(again);
        var expected = new Crc32();
        expected.Append(output.WrittenSpan);
        expected.Append(Sentinel);
        return sum.GetCurrentHashAsUInt32() == expected.GetCurrentHashAsUInt32() ? null : CodingProblems.Damaged();
    }

    private static byte[] Gzip(ReadOnlySpan<byte> text)
    {
        using var coded = new MemoryStream();
        using (var stream = new GZipStream(coded, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(text);
        }

        return coded.ToArray();
    }

    private static BodyProblem? Unbrotli(ReadOnlySpan<byte> body, BodyLimits limits, ArrayBufferWriter<byte> output)
    {
        using var decoder = new BrotliDecoder();
        var rest = body;
        while (true)
        {
            var status = decoder.Decompress(rest, output.GetSpan(16 * 1024), out var consumed, out var written);
            output.Advance(written);
            rest = rest[consumed..];
            if (!limits.Allows(output.WrittenCount, body.Length))
            {
                return CodingProblems.TooLarge();
            }

            switch (status)
            {
                case OperationStatus.Done:
                    return rest.IsEmpty ? null : CodingProblems.Damaged();
                case OperationStatus.DestinationTooSmall:
                    continue;
                default:
                    return CodingProblems.Damaged();
            }
        }
    }

    private static BodyProblem? Copy(Stream stream, int coded, BodyLimits limits, ArrayBufferWriter<byte> output)
    {
        while (true)
        {
            var read = stream.Read(output.GetSpan(16 * 1024));
            if (read == 0)
            {
                return null;
            }

            output.Advance(read);
            if (!limits.Allows(output.WrittenCount, coded))
            {
                return CodingProblems.TooLarge();
            }
        }
    }

    // RFC 1950, section 8.2; 5,552 bytes are as many as 32 bits can sum before they must be reduced.
    private static uint Adler32(ReadOnlySpan<byte> data)
    {
        const uint Modulus = 65_521;
        uint a = 1, b = 0;
        while (!data.IsEmpty)
        {
            var run = Math.Min(data.Length, 5_552);
            foreach (var value in data[..run])
            {
                a += value;
                b += a;
            }

            a %= Modulus;
            b %= Modulus;
            data = data[run..];
        }

        return (b << 16) | a;
    }
}
