namespace EdgeFilter.Detection.Classifiers;

/// <summary>The hashes that features are made with; those of training/edgetrain/features.py.</summary>
internal static class RowHash
{
    /// <summary>FNV-1a over UTF-16 code units, then Murmur3's finaliser.</summary>
    public static uint Of(uint seed, ReadOnlySpan<char> text)
    {
        var value = 0x811C9DC5u ^ seed;
        foreach (var unit in text)
        {
            value = (value ^ unit) * 0x01000193u;
        }

        return Finish(value);
    }

    /// <summary>Murmur3's finaliser.</summary>
    public static uint Finish(uint value)
    {
        value ^= value >> 16;
        value *= 0x85EBCA6Bu;
        value ^= value >> 13;
        value *= 0xC2B2AE35u;
        return value ^ (value >> 16);
    }

    /// <summary>Up to four code units, packed into one number.</summary>
    public static uint OfPacked(uint seed, ulong packed)
    {
        var value = (packed * 0x9E3779B97F4A7C15UL) + seed;
        value ^= value >> 32;
        value *= 0xD6E8FEB86659FD93UL;
        return (uint)(value ^ (value >> 32));
    }
}
