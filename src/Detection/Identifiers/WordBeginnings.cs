using System.Runtime.CompilerServices;

namespace EdgeFilter.Detection.Identifiers;

/// <summary>
/// With which four characters words begin, up to their first blank, as bits under a hash: apart for all words, which may begin a word of
/// the text, and for those that may stand inside one. It may take other characters for a beginning, never the other way round.
/// </summary>
internal sealed class WordBeginnings
{
    private const int Width = 4;
    private const int HashBits = 15;
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;
    private const ulong Blanks = 0x0020_0020_0020_0020;
    private const ulong Lowest = 0x0001_0001_0001_0001;
    private const ulong Highest = 0x8000_8000_8000_8000;

    // Words of scripts without blanks between words may be shorter, and anything may follow them.
    private const char FirstWithoutBlanks = '\u0590';

    private readonly ulong[] known = new ulong[(2 << HashBits) / 64];

    /// <param name="word">A folded word.</param>
    /// <param name="isInside">Whether it may stand inside a word of the text.</param>
    public void Add(string word, bool isInside)
    {
        var key = 0UL;
        for (var i = 0; i < Math.Min(word.Length, Width) && word[i] != ' '; i++)
        {
            key |= (ulong)word[i] << (16 * i);
        }

        Set(key, 1);
        if (isInside)
        {
            Set(key, 0);
        }
    }

    /// <summary>Whether a word may begin with these characters.</summary>
    /// <param name="characters">Four characters, the first in the lowest bits.</param>
    /// <param name="isWordStart">1 at the beginning of a word of the text, 0 inside.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Has(ulong characters, ulong isWordStart)
    {
        // The highest bit of the first character that is a blank, so all below that character; all where there is none.
        var blanks = characters ^ Blanks;
        var found = (blanks - Lowest) & ~blanks & Highest;
        var key = characters & (((found & (0 - found)) >> 15) - 1);
        return IsSet(key, isWordStart) || ((char)characters >= FirstWithoutBlanks && HasShorter(key, isWordStart));
    }

    private bool HasShorter(ulong key, ulong isWordStart) =>
        IsSet(key & 0xFFFF, isWordStart) || IsSet(key & 0xFFFF_FFFF, isWordStart) || IsSet(key & 0xFFFF_FFFF_FFFF, isWordStart);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsSet(ulong key, ulong isWordStart)
    {
        var hash = Hash(key, isWordStart);
        return (known[hash / 64] >> (int)(hash % 64) & 1) != 0;
    }

    private void Set(ulong key, ulong isWordStart)
    {
        var hash = Hash(key, isWordStart);
        known[hash / 64] |= 1UL << (int)(hash % 64);
    }

    private static ulong Hash(ulong key, ulong isWordStart) => ((key * Multiplier) >> (64 - HashBits)) | (isWordStart << HashBits);
}
