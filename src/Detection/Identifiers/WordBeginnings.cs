using System.Runtime.CompilerServices;

namespace EdgeFilter.Detection.Identifiers;

/// <summary>
/// With which four characters words begin, shorter words with all of theirs, as bits under a hash. It may take other characters for
/// a beginning, never the other way round.
/// </summary>
internal sealed class WordBeginnings
{
    private const int Width = 4;
    private const int HashBits = 15;
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;
    private readonly ulong[] four = new ulong[(1 << HashBits) / 64];
    private readonly ulong[] shorter = new ulong[(1 << HashBits) / 64];

    // Shorter than three are only words of scripts without blanks between words.
    private bool hasThree;
    private bool hasFewer;

    public void Add(string word)
    {
        var key = 0UL;
        for (var i = 0; i < Math.Min(word.Length, Width); i++)
        {
            key = (key << 16) | word[i];
        }

        var hash = Hash(key);
        (word.Length >= Width ? four : shorter)[hash / 64] |= 1UL << (int)(hash % 64);
        hasThree |= word.Length == Width - 1;
        hasFewer |= word.Length < Width - 1;
    }

    /// <summary>Whether a word may begin with these characters.</summary>
    /// <param name="characters">Four characters, the first in the highest bits.</param>
    /// <param name="first">The first of them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Has(ulong characters, char first) =>
        IsSet(four, Hash(characters)) || (hasThree && IsSet(shorter, Hash(characters >> 16)))
        || (hasFewer && first >= 0x0590 && (IsSet(shorter, Hash(characters >> 32)) || IsSet(shorter, Hash(characters >> 48))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSet(ulong[] bits, ulong hash) => (bits[hash / 64] >> (int)(hash % 64) & 1) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Hash(ulong key) => (key * Multiplier) >> (64 - HashBits);
}
