using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeFilter.Detection.Secrets;

/// <summary>
/// Runs of printable ASCII without a blank that are longer than nearly all words: nearly every credential is one, or part of one.
/// </summary>
internal static class DenseRuns
{
    /// <summary>The shortest run that counts.</summary>
    public const int MinLength = 16;

    private const char First = '!';
    private const char Last = '~';
    private const int Block = 64;

    /// <summary>The next run.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to look from.</param>
    /// <param name="end">Where the run ends.</param>
    /// <returns>Where it begins, or <paramref name="from"/> when it began before; -1 when there is none.</returns>
    public static int Next(ReadOnlySpan<char> text, int from, out int end)
    {
        ref var first = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        var before = default(Runs);
        var at = from;
        for (; at + Block <= text.Length; at += Block)
        {
            before = before.Then(DenseAt(ref Unsafe.Add(ref first, at)));
            if (before.Sixteen != 0)
            {
                return Found(text, at + BitOperations.TrailingZeroCount(before.Sixteen) + 1 - MinLength, out end);
            }
        }

        Span<ushort> padded = stackalloc ushort[Block];
        padded.Fill(' ');
        MemoryMarshal.Cast<char, ushort>(text[at..]).CopyTo(padded);
        before = before.Then(DenseAt(ref padded[0]));
        if (before.Sixteen != 0)
        {
            return Found(text, at + BitOperations.TrailingZeroCount(before.Sixteen) + 1 - MinLength, out end);
        }

        end = text.Length;
        return -1;
    }

    /// <summary>Where the run begins that ends a text, of any length; the length of the text without one.</summary>
    public static int LastStart(ReadOnlySpan<char> text) => text.LastIndexOfAnyExceptInRange(First, Last) + 1;

    private static int Found(ReadOnlySpan<char> text, int start, out int end)
    {
        var length = text[start..].IndexOfAnyExceptInRange(First, Last);
        end = length < 0 ? text.Length : start + length;
        return start;
    }

    private static ulong DenseAt(ref ushort text) =>
        DenseAt(Vector256.LoadUnsafe(ref text), Vector256.LoadUnsafe(ref text, 16))
        | ((ulong)DenseAt(Vector256.LoadUnsafe(ref text, 32), Vector256.LoadUnsafe(ref text, 48)) << 32);

    private static uint DenseAt(Vector256<ushort> low, Vector256<ushort> high)
    {
        var c = Vector256.NarrowWithSaturation(low, high);
        return Vector256.LessThanOrEqual(c - Vector256.Create((byte)First), Vector256.Create((byte)(Last - First))).ExtractMostSignificantBits();
    }

    /// <summary>A bit for each place of a block at which so many characters in a row end that belong to runs.</summary>
    private readonly record struct Runs(ulong One, ulong Two, ulong Four, ulong Eight, ulong Sixteen)
    {
        public Runs Then(ulong one)
        {
            var two = one & ((one << 1) | (One >> (Block - 1)));
            var four = two & ((two << 2) | (Two >> (Block - 2)));
            var eight = four & ((four << 4) | (Four >> (Block - 4)));
            return new Runs(one, two, four, eight, eight & ((eight << 8) | (Eight >> (Block - 8))));
        }
    }
}
