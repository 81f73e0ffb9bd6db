using System.Buffers.Binary;
using System.Numerics;

namespace EdgeFilter.Detection.Checksums;

/// <summary>Keccak-256 with the padding of the original submission, which Ethereum uses (SHA3-256 pads differently).</summary>
internal static class Keccak256
{
    private const int RateBytes = 136;

    private static ReadOnlySpan<ulong> RoundConstants =>
    [
        0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000, 0x000000000000808B, 0x0000000080000001,
        0x8000000080008081, 0x8000000000008009, 0x000000000000008A, 0x0000000000000088, 0x0000000080008009, 0x000000008000000A,
        0x000000008000808B, 0x800000000000008B, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
        0x000000000000800A, 0x800000008000000A, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
    ];

    /// <summary>Hashes at most 135 bytes, one block: an address has 40.</summary>
    /// <exception cref="ArgumentException"><paramref name="data"/> is longer than one block.</exception>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> hash)
    {
        if (data.Length >= RateBytes)
        {
            throw new ArgumentException("Only one block is hashed.", nameof(data));
        }

        Span<byte> block = stackalloc byte[RateBytes];
        block.Clear();
        data.CopyTo(block);
        block[data.Length] = 0x01;
        block[RateBytes - 1] |= 0x80;

        Span<ulong> state = stackalloc ulong[25];
        state.Clear();
        for (var i = 0; i < RateBytes / 8; i++)
        {
            state[i] = BinaryPrimitives.ReadUInt64LittleEndian(block[(i * 8)..]);
        }

        Permute(state);
        for (var i = 0; i < 4; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(hash[(i * 8)..], state[i]);
        }
    }

    private static void Permute(Span<ulong> a)
    {
        Span<ulong> c = stackalloc ulong[5];
        foreach (var constant in RoundConstants)
        {
            for (var x = 0; x < 5; x++)
            {
                c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
            }

            for (var x = 0; x < 5; x++)
            {
                var d = c[(x + 4) % 5] ^ BitOperations.RotateLeft(c[(x + 1) % 5], 1);
                for (var y = 0; y < 25; y += 5)
                {
                    a[x + y] ^= d;
                }
            }

            // Rotation and permutation in one walk: the offsets are the triangular numbers.
            var current = a[1];
            for (int t = 0, x = 1, y = 0; t < 24; t++)
            {
                (x, y) = (y, ((2 * x) + (3 * y)) % 5);
                var index = x + (5 * y);
                (a[index], current) = (BitOperations.RotateLeft(current, (t + 1) * (t + 2) / 2), a[index]);
            }

            for (var y = 0; y < 25; y += 5)
            {
                var (b0, b1) = (a[y], a[y + 1]);
                a[y] ^= ~b1 & a[y + 2];
                a[y + 1] ^= ~a[y + 2] & a[y + 3];
                a[y + 2] ^= ~a[y + 3] & a[y + 4];
                a[y + 3] ^= ~a[y + 4] & b0;
                a[y + 4] ^= ~b0 & b1;
            }

            a[0] ^= constant;
        }
    }
}
