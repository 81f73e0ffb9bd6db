using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
        var tokens = rows.Length / ITextFeatures.Slots;
        sums.Clear();
        sums[(Width * length)..].Fill(1);
        Span<short> token = stackalloc short[MostColumns];
        Span<int> before = stackalloc int[MostColumns];
        Span<int> now = stackalloc int[MostColumns];
        var (countBefore, count) = (0, 0);
        for (var start = 0; start < length; start += block)
        {
            now.Clear();
            count = 0;
            for (var t = start; t < Math.Min(tokens, start + block); t++)
            {
                var own = rows.Slice(t * ITextFeatures.Slots, ITextFeatures.Slots);
                if (own[0] == 0)
                {
                    continue;
                }

                AddRows(own, token);
                for (var column = 0; column < Width; column++)
                {
                    sums[(column * length) + t] = token[column];
                    now[column] += token[column];
                }

                sums[(Width * length) + t] = 0;
                count++;
            }

            if (start > 0)
            {
                Mean(before, now, Math.Max(1, countBefore + count), means, (start / block) - 1, (length / block) - 1);
            }

            now.CopyTo(before);
            countBefore = count;
        }
    }

    private void Mean(ReadOnlySpan<int> before, ReadOnlySpan<int> now, float count, Span<float> means, int stretch, int stretches)
    {
        for (var column = 0; column < Width; column++)
        {
            means[(column * stretches) + stretch] = (before[column] + now[column]) / count;
        }
    }

    private void AddRows(ReadOnlySpan<int> rows, Span<short> token)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(table);
        for (var column = 0; column < Width; column += Lanes)
        {
            var sum = Vector128<short>.Zero;
            foreach (var row in rows)
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows);
                sum += Vector128.WidenLower(Vector128.Create(Vector64.LoadUnsafe(ref first, (nuint)((row * Width) + column)), Vector64<sbyte>.Zero));
            }

            sum.CopyTo(token[column..]);
        }
    }
}
