using System.Buffers.Binary;
using System.Runtime.InteropServices;
using EdgeFilter.Policies.Filtering;
using Xunit;

namespace EdgeFilter.Policies.Tests.Filtering;

public sealed class KeyedTextHashTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

    /// <summary>The vectors of the reference implementation: the bytes 0, 1, 2 … under the key 0, 1, … 15.</summary>
    [Theory]
    [InlineData(0, "a3817f04ba25a8e66df67214c7550293")]
    [InlineData(2, "8177228da4a45dc7fca38bdef60affe4")]
    [InlineData(4, "f88164c12d9c8faf7d0f6e7c7bcd5579")]
    [InlineData(6, "14eeca338b208613485ea0308fd7a15e")]
    [InlineData(8, "3b62a9ba6258f5610f83e264f31497b4")]
    public void Of_ReferenceInput_GivesTheReferenceHash(int length, string expected)
    {
        var text = MemoryMarshal.Cast<byte, char>(Enumerable.Range(0, length).Select(i => (byte)i).ToArray());

        var hash = new byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(hash, KeyedTextHash.Of(Key, text));

        Assert.Equal(expected, Convert.ToHexStringLower(hash));
    }

    [Fact]
    public void Of_AnyChangeOfTextOrKey_ChangesTheHash()
    {
        var text = "The benches in the courtyard were oiled in autumn.".ToCharArray();
        var seen = new HashSet<UInt128> { KeyedTextHash.Of(Key, text) };
        for (var i = 0; i < text.Length; i++)
        {
            text[i] ^= '\u0001';
            Assert.True(seen.Add(KeyedTextHash.Of(Key, text)));
            Assert.True(seen.Add(KeyedTextHash.Of(Key, text.AsSpan(0, i))));
            text[i] ^= '\u0001';
        }

        for (var i = 0; i < Key.Length; i++)
        {
            var other = Key.ToArray();
            other[i] ^= 0x80;
            Assert.True(seen.Add(KeyedTextHash.Of(other, text)));
        }
    }
}
