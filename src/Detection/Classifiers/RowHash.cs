namespace EdgeFilter.Detection.Classifiers;

/// <summary>The hashes that features are made with; those of training/edgetrain/features.py.</summary>
internal static class RowHash
{
    /// <summary>FNV-1a over UTF-16 code units, then Murmur3's finaliser.</summary>
    public static uint Of(uint seed, ReadOnlySpan<char> text)
    {
        var value = Begin(seed);
        foreach (var unit in text)
        {
            value = Add(value, unit);
        }

        return Finish(value);
    }

    /// <summary>A hash of nothing yet, for those who see one unit after the other; <see cref="Finish"/> ends it.</summary>
    public static uint Begin(uint seed) => 0x811C9DC5u ^ seed;

    public static uint Add(uint value, char unit) => (value ^ unit) * 0x01000193u;

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
