using EdgeFilter.Detection.Checksums;

namespace EdgeFilter.Detection.Identifiers.Checks;

/// <summary>Addresses of crypto-assets.</summary>
internal static class CryptoAddresses
{
    public static bool Bitcoin(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (raw.StartsWith("bc1", StringComparison.OrdinalIgnoreCase))
        {
            var remainder = Bech32.Remainder(raw, out var version);
            return version == 0 ? remainder == Bech32.Classic : version is > 0 and <= 16 && remainder == Bech32.Modified;
        }

        return Base58.IsValid(raw, Base58.Bitcoin, out var prefix, out var length) && length == 21 && prefix is 0x00 or 0x05;
    }

    /// <summary>EIP-55: the case of each letter is a bit of the hash of the lower-case address. One case only carries no check.</summary>
    public static bool Ethereum(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (raw.Length != 42)
        {
            return false;
        }

        var address = raw[2..];
        if (!address.ContainsAnyInRange('a', 'f') || !address.ContainsAnyInRange('A', 'F'))
        {
            return !Symbols.AllSame(address);
        }

        Span<byte> lower = stackalloc byte[40];
        for (var i = 0; i < 40; i++)
        {
            lower[i] = (byte)char.ToLowerInvariant(address[i]);
        }

        Span<byte> hash = stackalloc byte[32];
        Keccak256.Hash(lower, hash);
        for (var i = 0; i < 40; i++)
        {
            var nibble = (i & 1) == 0 ? hash[i / 2] >> 4 : hash[i / 2] & 15;
            if (char.IsAsciiLetter(address[i]) && char.IsAsciiLetterUpper(address[i]) != (nibble >= 8))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Litecoin, Dogecoin, Dash, XRP, TRON, Cardano, Stellar: each by its own check sum.</summary>
    public static bool Others(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (raw.StartsWith("ltc1", StringComparison.OrdinalIgnoreCase))
        {
            return Bech32.Remainder(raw, out _) is Bech32.Classic or Bech32.Modified;
        }

        if (raw.StartsWith("addr1", StringComparison.OrdinalIgnoreCase))
        {
            return Bech32.Remainder(raw, out _) == Bech32.Classic;
        }

        if (raw[0] == 'G' && raw.Length == 56)
        {
            return Stellar(raw);
        }

        if (raw[0] == 'r')
        {
            return Base58.IsValid(raw, Base58.Ripple, out var version, out var length) && version == 0 && length == 21;
        }

        return Base58.IsValid(raw, Base58.Bitcoin, out var prefix, out var payload) && payload == 21 && prefix == raw[0] switch
        {
            'L' => 0x30,
            'M' => 0x32,
            'D' => 0x1E,
            'X' => 0x4C,
            'T' => 0x41,
            _ => -1,
        };
    }

    /// <summary>Base32 of version, 32 bytes and CRC-16, least significant byte first.</summary>
    private static bool Stellar(ReadOnlySpan<char> raw)
    {
        Span<byte> bytes = stackalloc byte[35];
        var bits = 0;
        var buffer = 0;
        var length = 0;
        foreach (var c in raw)
        {
            var value = c is >= 'A' and <= 'Z' ? c - 'A' : c is >= '2' and <= '7' ? c - '2' + 26 : -1;
            if (value < 0)
            {
                return false;
            }

            buffer = ((buffer << 5) | value) & 0xFFFF;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes[length++] = (byte)(buffer >> bits);
            }
        }

        var crc = Crc.Xmodem(bytes[..33]);
        return bytes[0] == 6 << 3 && bytes[33] == (byte)crc && bytes[34] == (byte)(crc >> 8);
    }
}
