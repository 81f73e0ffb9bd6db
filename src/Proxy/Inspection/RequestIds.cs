using System.Buffers.Binary;
using System.Security.Cryptography;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>
/// Ids of requests: UUIDs of version 7, so that they sort by time and nobody can guess one. Randomness is taken from the system a page
/// at a time: asking for each request costs a system call.
/// </summary>
/// <remarks>Source of the layout: RFC 9562, section 5.7.</remarks>
internal static class RequestIds
{
    private const int Random = 10;
    private const int Page = 100 * Random;

    [ThreadStatic]
    private static byte[]? page;

    [ThreadStatic]
    private static int used;

    public static Guid Next(DateTimeOffset now)
    {
        page ??= Fresh(new byte[Page]);
        if (used == Page)
        {
            Fresh(page);
        }

        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, now.ToUnixTimeMilliseconds() << 16);
        var random = page.AsSpan(used, Random);
        random.CopyTo(id[6..]);
        random.Clear();
        used += Random;
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }

    private static byte[] Fresh(byte[] bytes)
    {
        RandomNumberGenerator.Fill(bytes);
        used = 0;
        return bytes;
    }
}
