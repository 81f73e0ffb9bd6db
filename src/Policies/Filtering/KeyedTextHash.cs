using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace EdgeFilter.Policies.Filtering;

/// <summary>
/// SipHash-2-4 with 128 bits: without the key nobody can find two texts with the same hash, and a text takes a fraction of the time that
/// HMAC would. Not for values that are written down: those are told apart by HMAC.
/// </summary>
/// <remarks>Source: J.-P. Aumasson, D. J. Bernstein, "SipHash: a fast short-input PRF", and the authors' reference implementation for 128 bits.</remarks>
internal static class KeyedTextHash
{
    /// <param name="key">16 bytes.</param>
    /// <param name="text">Hashed as UTF-16, little endian.</param>
    public static UInt128 Of(ReadOnlySpan<byte> key, ReadOnlySpan<char> text)
    {
        var bytes = MemoryMarshal.AsBytes(text);
        var k0 = BinaryPrimitives.ReadUInt64LittleEndian(key);
        var k1 = BinaryPrimitives.ReadUInt64LittleEndian(key[8..]);
        var v0 = k0 ^ 0x736f6d6570736575UL;
        var v1 = k1 ^ 0x646f72616e646f6dUL ^ 0xee;
        var v2 = k0 ^ 0x6c7967656e657261UL;
        var v3 = k1 ^ 0x7465646279746573UL;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            v3 ^= word;
            Round(ref v0, ref v1, ref v2, ref v3);
            Round(ref v0, ref v1, ref v2, ref v3);
            v0 ^= word;
        }

        var last = (ulong)bytes.Length << 56;
        for (var i = bytes.Length & ~7; i < bytes.Length; i++)
        {
            last |= (ulong)bytes[i] << (8 * (i & 7));
        }

        v3 ^= last;
        Round(ref v0, ref v1, ref v2, ref v3);
        Round(ref v0, ref v1, ref v2, ref v3);
        v0 ^= last;
        v2 ^= 0xee;
        for (var i = 0; i < 4; i++)
        {
            Round(ref v0, ref v1, ref v2, ref v3);
        }

        var low = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xdd;
        for (var i = 0; i < 4; i++)
        {
            Round(ref v0, ref v1, ref v2, ref v3);
        }

        return new UInt128(v0 ^ v1 ^ v2 ^ v3, low);
    }

    private static void Round(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v3;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v2 = BitOperations.RotateLeft(v2, 32);
    }
}
