using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeFilter.Detection.Identifiers;

/// <summary>
/// Folds text for <see cref="ContextLexicon"/>: lower case, without accents, everything but letters and digits a blank, and one more blank
/// where camelCase has a hump. Sixteen characters at a time where all are ASCII.
/// </summary>
internal static class ContextFolding
{
    /// <summary>A word is cut off here.</summary>
    public const char Cut = '\u0001';

    /// <summary>How much room is needed beyond twice the length of the text: its boundaries, and what stores of whole vectors write beyond.</summary>
    public const int Margin = (2 * Step) + 2;

    private const int Step = 16;
    private const ushort LowerCase = 0x20;

    /// <summary>Folds a stretch of text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where the stretch begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="folded">Room for twice the stretch and <see cref="Margin"/>.</param>
    /// <param name="places">Receives for each character its distance from <paramref name="from"/>; as much room.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is too little room.</exception>
    /// <returns>The length: a boundary, the stretch, another boundary. A boundary is a blank, or <see cref="Cut"/> inside a word.</returns>
    public static int Fold(ReadOnlySpan<char> text, int from, int to, Span<char> folded, Span<short> places)
    {
        // Whole vectors are written without further checks.
        var room = (2 * (to - from)) + Margin;
        ArgumentOutOfRangeException.ThrowIfLessThan(folded.Length, room);
        ArgumentOutOfRangeException.ThrowIfLessThan(places.Length, room);
        folded[0] = BoundaryAt(text, from, from, to);
        places[0] = 0;
        var length = 1;
        var isHump = from > 0 && from < to && IsHump(text, from);
        for (var at = from; at < to;)
        {
            if (isHump)
            {
                places[length] = (short)(at - from);
                folded[length++] = ' ';
            }

            if (text[at] < 0x80)
            {
                at += FoldBlock(text[at..Math.Min(to, at + Step)], at - from, folded, places, ref length);
            }
            else
            {
                places[length] = (short)(at - from);
                folded[length++] = LetterFolding.IsWordCharacter(text[at]) ? LetterFolding.Fold(text[at]) : ' ';
                at++;
            }

            isHump = at < to && IsHump(text, at);
        }

        places[length] = (short)(to - from);
        folded[length++] = BoundaryAt(text, to, from, to);
        return length;
    }

    private static char BoundaryAt(ReadOnlySpan<char> text, int at, int from, int to) =>
        at > 0 && at < text.Length && from < to && LetterFolding.IsWordCharacter(text[at - 1]) && LetterFolding.IsWordCharacter(text[at]) ? Cut : ' ';

    private static bool IsHump(ReadOnlySpan<char> text, int at) => char.IsUpper(text[at]) && char.IsLower(text[at - 1]);

    /// <summary>Folds up to the next character beyond ASCII, and at most one vector.</summary>
    /// <param name="text">The text, at most as long as a vector.</param>
    /// <param name="place">The place of its first character.</param>
    /// <param name="folded">Where to write; whole vectors are written.</param>
    /// <param name="places">Where to write places; likewise.</param>
    /// <param name="length">How much is written already; moved on.</param>
    /// <returns>How many characters were folded.</returns>
    private static int FoldBlock(ReadOnlySpan<char> text, int place, Span<char> folded, Span<short> places, ref int length)
    {
        Vector256<ushort> c;
        if (text.Length == Step)
        {
            c = Vector256.LoadUnsafe(ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text)));
        }
        else
        {
            Span<ushort> padded = stackalloc ushort[Step];
            padded.Fill(' ');
            MemoryMarshal.Cast<char, ushort>(text).CopyTo(padded);
            c = Vector256.LoadUnsafe(ref padded[0]);
        }

        var lower = c | Vector256.Create(LowerCase);
        var isLetter = IsBetween(lower, 'a', 'z');
        var isUpper = isLetter & IsBetween(c, 'A', 'Z');
        var isWord = isLetter | IsBetween(c, '0', '9');
        var result = Vector256.ConditionalSelect(isWord, Vector256.ConditionalSelect(isLetter, lower, c), Vector256.Create((ushort)' '));
        var ends = Vector256.GreaterThanOrEqual(c, Vector256.Create((ushort)0x80)).ExtractMostSignificantBits();
        var count = ends == 0 ? text.Length : Math.Min(text.Length, BitOperations.TrailingZeroCount(ends));
        ref var to = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(folded));
        ref var toPlaces = ref MemoryMarshal.GetReference(places);
        result.StoreUnsafe(ref to, (nuint)length);
        (Vector256.Create((short)place) + Vector256<short>.Indices).StoreUnsafe(ref toPlaces, (nuint)length);

        // What stands behind a hump moves on by one, for the blank before it. The first character's hump was seen to.
        var humps = isUpper.ExtractMostSignificantBits() & ((isLetter & ~isUpper).ExtractMostSignificantBits() << 1) & ((1u << count) - 1);
        if (humps != 0)
        {
            Span<ushort> behind = stackalloc ushort[2 * Step];
            result.StoreUnsafe(ref behind[0]);
            for (; humps != 0; humps &= humps - 1)
            {
                var hump = BitOperations.TrailingZeroCount(humps);
                var at = length + hump;
                folded[at] = ' ';
                places[at] = (short)(place + hump);
                Vector256.LoadUnsafe(ref behind[hump]).StoreUnsafe(ref to, (nuint)(at + 1));
                (Vector256.Create((short)(place + hump)) + Vector256<short>.Indices).StoreUnsafe(ref toPlaces, (nuint)(at + 1));
                length++;
            }
        }

        length += count;
        return count;
    }

    private static Vector256<ushort> IsBetween(Vector256<ushort> c, char first, char last) =>
        Vector256.LessThanOrEqual(c - Vector256.Create((ushort)first), Vector256.Create((ushort)(last - first)));
}
