namespace EdgeFilter.Detection.Checksums;

/// <summary>Cyclic redundancy checks, bit by bit: inputs are shorter than a line.</summary>
internal static class Crc
{
    /// <summary>CRC-16/XMODEM: polynomial 0x1021, initial value 0. Stellar addresses.</summary>
    public static ushort Xmodem(ReadOnlySpan<byte> data)
    {
        var crc = 0;
        foreach (var b in data)
        {
            crc ^= b << 8;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
            }
        }

        return (ushort)crc;
    }

    /// <summary>CRC-32 as in IEEE 802.3, gzip and the tokens of several providers: reflected 0xEDB88320.</summary>
    public static uint Crc32(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
