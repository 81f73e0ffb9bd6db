using System.Buffers.Binary;
using System.Security.Cryptography;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>
/// The hash chain: each link covers the record before it, so that nothing can be changed, removed or moved without
/// changing every later link, and a signed checkpoint fixes those.
/// </summary>
/// <remarks>
/// link = SHA-256( 0x01 ‖ previous link ‖ sequence number (8 bytes, big endian) ‖ SHA-256(body) ).
/// A body enters by its digest, so that an erased record keeps its place: the digest stays, the body goes.
/// </remarks>
internal static class RecordChain
{
    public const int LinkLength = SHA256.HashSizeInBytes;
    private const byte LinkMark = 0x01;

    /// <summary>The link before the first record; different for every log, so that records can't be moved between logs.</summary>
    public static byte[] Genesis(Guid logId)
    {
        Span<byte> input = stackalloc byte[16 + 23];
        logId.TryWriteBytes(input, bigEndian: true, out _);
        "edgefilter block log /1"u8.CopyTo(input[16..]);
        return SHA256.HashData(input);
    }

    public static byte[] Digest(ReadOnlySpan<byte> body) => SHA256.HashData(body);

    /// <summary>The link of a record.</summary>
    /// <param name="previous">The link before it, <see cref="LinkLength"/> bytes.</param>
    /// <param name="sequence">Its number; the first record of a log is 1.</param>
    /// <param name="digest">SHA-256 of its body.</param>
    public static byte[] Next(ReadOnlySpan<byte> previous, long sequence, ReadOnlySpan<byte> digest)
    {
        Span<byte> input = stackalloc byte[1 + LinkLength + sizeof(long) + LinkLength];
        input[0] = LinkMark;
        previous[..LinkLength].CopyTo(input[1..]);
        BinaryPrimitives.WriteInt64BigEndian(input[(1 + LinkLength)..], sequence);
        digest[..LinkLength].CopyTo(input[(1 + LinkLength + sizeof(long))..]);
        return SHA256.HashData(input);
    }
}
