using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>
/// An embedding table of 8-bit numbers, and the sums of its rows that a graph of stretches takes. Adding rows up here costs a third of
/// what gathering, converting and adding them in the graph does. Immutable, safe for concurrent use, allocation-free.
/// </summary>
internal sealed class SumTable
{
    private const int Lanes = 8;
    private const int MostColumns = 64;
    private readonly sbyte[] table;

    private SumTable(byte[] file, int rows)
    {
        table = MemoryMarshal.Cast<byte, sbyte>(file).ToArray();
        Rows = rows;
        Width = file.Length / rows;
    }

    public int Rows { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Reads a file that holds nothing but the table, row by row.</summary>
    /// <returns>Null when it is not one of this many rows, or not of 8, 16 … 64 columns.</returns>
    public static SumTable? Read(byte[] file, int rows)
    {
        var width = file.Length / rows;
        return width is >= Lanes and <= MostColumns && width % Lanes == 0 && file.Length == rows * width ? new SumTable(file, rows) : null;
    }

    /// <summary>Adds up the rows of each token.</summary>
    /// <param name="rows">Row numbers, four for each token.</param>
    /// <param name="block">Tokens of half a stretch; <paramref name="sums"/> are filled up to whole blocks.</param>
    /// <param name="sums">Receives <see cref="Width"/> columns one after the other, then one that is 1 where there is no token.</param>
    /// <param name="means">Receives, column after column, the mean of the tokens of each stretch.</param>
    public void Add(ReadOnlySpan<int> rows, int block, Span<float> sums, Span<float> means)
    {
        var length = sums.Length / (Width + 1);
        var absent = sums[(Width * length)..];
        absent.Fill(1);
        Span<int> before = stackalloc int[MostColumns];
        Span<int> now = stackalloc int[MostColumns];
        Span<short> tile = stackalloc short[Lanes * Lanes];
        var countBefore = 0;
        for (var start = 0; start < length; start += block)
        {
            var count = MarkTokens(rows, start, block, absent);
            for (var column = 0; column < Width; column += Lanes)
            {
                var (low, high) = (Vector128<int>.Zero, Vector128<int>.Zero);
                for (var t = start; t < start + block; t += Lanes)
                {
                    var total = AddTokens(rows, t, start + block, column, tile);
                    Turn(tile, sums, (column * length) + t, length, Math.Min(Lanes, start + block - t));
                    low += Vector128.WidenLower(total);
                    high += Vector128.WidenUpper(total);
                }

                low.CopyTo(now[column..]);
                high.CopyTo(now[(column + (Lanes / 2))..]);
            }

            if (start > 0)
            {
                Mean(before, now, Math.Max(1, countBefore + count), means, (start / block) - 1, (length / block) - 1);
            }

            now.CopyTo(before);
            countBefore = count;
        }
    }

    /// <returns>How many tokens of the block there are.</returns>
    private static int MarkTokens(ReadOnlySpan<int> rows, int start, int block, Span<float> absent)
    {
        var count = 0;
        for (var t = start; t < Math.Min(rows.Length / ITextFeatures.Slots, start + block); t++)
        {
            if (rows[t * ITextFeatures.Slots] != 0)
            {
                absent[t] = 0;
                count++;
            }
        }

        return count;
    }

    private void Mean(ReadOnlySpan<int> before, ReadOnlySpan<int> now, float count, Span<float> means, int stretch, int stretches)
    {
        for (var column = 0; column < Width; column++)
        {
            means[(column * stretches) + stretch] = (before[column] + now[column]) / count;
        }
    }

    /// <summary>Eight columns of up to eight tokens, token after token; nothing where there is none.</summary>
    /// <returns>The sum of these tokens: eight of four rows stay within 16 bits.</returns>
    private Vector128<short> AddTokens(ReadOnlySpan<int> rows, int from, int to, int column, Span<short> tile)
    {
        var total = Vector128<short>.Zero;
        for (var t = 0; t < Lanes; t++)
        {
            var at = (from + t) * ITextFeatures.Slots;
            var token = from + t < to && at < rows.Length && rows[at] != 0 ? AddRows(rows.Slice(at, ITextFeatures.Slots), column) : Vector128<short>.Zero;
            token.CopyTo(tile[(t * Lanes)..]);
            total += token;
        }

        return total;
    }

    private Vector128<short> AddRows(ReadOnlySpan<int> rows, int column)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(table);
        var sum = Vector128<short>.Zero;
        foreach (var row in rows)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows);
            sum += Vector128.WidenLower(Vector128.Create(Vector64.LoadUnsafe(ref first, (nuint)((row * Width) + column)), Vector64<sbyte>.Zero));
        }

        return sum;
    }

    /// <summary>Writes tokens by columns: what the graph takes.</summary>
    private static void Turn(ReadOnlySpan<short> tile, Span<float> sums, int at, int length, int tokens)
    {
        if (tokens < Lanes)
        {
            for (var i = 0; i < Lanes * tokens; i++)
            {
                sums[at + (i / tokens * length) + (i % tokens)] = tile[(i % tokens * Lanes) + (i / tokens)];
            }

            return;
        }

        // Three rounds of riffling rows that lie half of the square apart turn it.
        Span<short> other = stackalloc short[Lanes * Lanes];
        Riffle(tile, other);
        Span<short> third = stackalloc short[Lanes * Lanes];
        Riffle(other, third);
        Riffle(third, other);
        for (var column = 0; column < Lanes; column++)
        {
            var (low, high) = Vector128.Widen(Vector128.Create<short>(other.Slice(column * Lanes, Lanes)));
            var to = sums.Slice(at + (column * length), Lanes);
            Vector128.ConvertToSingle(low).CopyTo(to);
            Vector128.ConvertToSingle(high).CopyTo(to[(Lanes / 2)..]);
        }
    }

    private static void Riffle(ReadOnlySpan<short> from, Span<short> to)
    {
        for (var row = 0; row < Lanes / 2; row++)
        {
            var (a, b) = (Vector128.Create<short>(from.Slice(row * Lanes, Lanes)), Vector128.Create<short>(from.Slice((row + (Lanes / 2)) * Lanes, Lanes)));
            ZipLower(a, b).CopyTo(to[(row * 2 * Lanes)..]);
            ZipUpper(a, b).CopyTo(to[(((row * 2) + 1) * Lanes)..]);
        }
    }

    private static Vector128<short> ZipLower(Vector128<short> a, Vector128<short> b) =>
        Sse2.IsSupported ? Sse2.UnpackLow(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b)
        : Vector128.Create(a[0], b[0], a[1], b[1], a[2], b[2], a[3], b[3]);

    private static Vector128<short> ZipUpper(Vector128<short> a, Vector128<short> b) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(a, b)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b)
        : Vector128.Create(a[4], b[4], a[5], b[5], a[6], b[6], a[7], b[7]);
}
