using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>
/// A network small enough to be asked about every text. It judges overlapping stretches of tokens one by one and a text is as bad
/// as its worst stretch, so harmless words around an attack do not thin it out. Immutable, safe for concurrent use, allocation-free.
/// </summary>
/// <remarks>
/// The same that training/edgetrain/screen.py computes. Not an ONNX graph: see docs/decisions/0006-a-screen-before-the-model.md.
/// Rows are added as whole numbers and the rest in a fixed order, so that every machine gives the same scores.
/// </remarks>
internal sealed class ScreenNetwork
{
    /// <summary>Columns of the table: one vector register.</summary>
    public const int Width = 16;

    /// <summary>What lies between two open stretches is read along when it is shorter than this: starting the model once more costs as much.</summary>
    public const int Apart = 5;

    private const int Hidden = 16;
    private const int Format = 1;
    private const int HeaderLength = 32;
    private const int MostLabels = 16;

    private readonly sbyte[] table;
    private readonly float[] hiddenWeights;
    private readonly float[] hiddenBias;
    private readonly float[] outWeights;
    private readonly float[] outBias;
    private readonly int block;

    private ScreenNetwork(ReadOnlySpan<byte> file, int rows, int view, int labels)
    {
        Rows = rows;
        Labels = labels;
        block = view / 2;
        var values = MemoryMarshal.Cast<byte, float>(file[HeaderLength..^(rows * Width)]);

        // Written row by row of hidden units; read column by column, so that one input meets all hidden units at once.
        hiddenWeights = new float[2 * Width * Hidden];
        for (var unit = 0; unit < Hidden; unit++)
        {
            for (var input = 0; input < 2 * Width; input++)
            {
                hiddenWeights[(input * Hidden) + unit] = values[(unit * 2 * Width) + input];
            }
        }

        values = values[hiddenWeights.Length..];
        hiddenBias = values[..Hidden].ToArray();
        outWeights = values.Slice(Hidden, labels * Hidden).ToArray();
        outBias = values.Slice(Hidden + (labels * Hidden), labels).ToArray();
        table = MemoryMarshal.Cast<byte, sbyte>(file[^(rows * Width)..]).ToArray();
    }

    /// <summary>Half a stretch: where stretches begin, in tokens.</summary>
    public int Block => block;

    /// <summary>Rows of the table.</summary>
    public int Rows { get; }

    public int Labels { get; }

    /// <summary>Reads a file of weights.</summary>
    /// <returns>Null when it is not what <see cref="ScreenNetwork"/> reads.</returns>
    public static ScreenNetwork? Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < HeaderLength || !file.StartsWith("EFSCREEN"u8))
        {
            return null;
        }

        Span<int> header = stackalloc int[6];
        for (var i = 0; i < header.Length; i++)
        {
            header[i] = BinaryPrimitives.ReadInt32LittleEndian(file[(8 + (i * 4))..]);
        }

        if (header is not [Format, > 0 and <= 1 << 21, Width, >= 2 and <= 64, Hidden, >= 1 and <= MostLabels] || header[3] % 2 != 0)
        {
            return null;
        }

        var (rows, view, labels) = (header[1], header[3], header[5]);
        var floats = (2 * Width * Hidden) + Hidden + (labels * Hidden) + labels;
        if (file.Length != HeaderLength + (floats * sizeof(float)) + (rows * Width))
        {
            return null;
        }

        var read = new ScreenNetwork(file, rows, view, labels);
        return read.IsFinite() ? read : null;
    }

    /// <summary>Estimates each label's probability: the highest of any stretch.</summary>
    /// <param name="rows">Row numbers below <see cref="Rows"/>, four for each token.</param>
    /// <param name="settlesBelow">A stretch with a label that reaches this probability stays open.</param>
    /// <param name="scores">Receives <see cref="Labels"/> numbers from 0 to 1.</param>
    /// <param name="open">
    /// Receives the blocks of open stretches, in order. Those with fewer than <see cref="Apart"/> blocks between them are one; when there
    /// are more than fit, the last one goes on to the end.
    /// </param>
    /// <returns>How many of <paramref name="open"/> there are; none when all stretches are settled.</returns>
    public int Score(ReadOnlySpan<int> rows, float settlesBelow, Span<float> scores, Span<OpenBlocks> open)
    {
        // No logit reaches the end of the scale, every one reaches its beginning.
        var bar = settlesBelow >= 1 ? float.PositiveInfinity : MathF.Log(settlesBelow / (1 - settlesBelow));
        var count = 0;
        const int slots = ITextFeatures.Slots;
        Span<float> worst = stackalloc float[MostLabels];
        worst.Fill(float.NegativeInfinity);
        var blocks = Math.Max(2, ((rows.Length / slots) + block - 1) / block);
        var before = Pool(rows[..Math.Min(rows.Length, block * slots)]);
        for (var i = 1; i < blocks; i++)
        {
            var start = Math.Min(rows.Length, i * block * slots);
            var next = Pool(rows[start..Math.Min(rows.Length, start + (block * slots))]);
            if (Judge(before.With(next), worst) >= bar)
            {
                count = Add(open, count, new OpenBlocks(i - 1, i + 1));
            }

            before = next;
        }

        for (var label = 0; label < Labels; label++)
        {
            scores[label] = 1 / (1 + MathF.Exp(-worst[label]));
        }

        return count;
    }

    private static int Add(Span<OpenBlocks> open, int count, OpenBlocks stretch)
    {
        if (count > 0 && (count == open.Length || stretch.Start - open[count - 1].End < Apart))
        {
            open[count - 1] = open[count - 1] with { End = stretch.End };
            return count;
        }

        open[count] = stretch;
        return count + 1;
    }

    /// <summary>Adds up the rows of each token of a block: their sum, and the highest value of each column.</summary>
    private Pooled Pool(ReadOnlySpan<int> rows)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(table);
        var pooled = default(Pooled);
        for (var at = 0; at + ITextFeatures.Slots <= rows.Length; at += ITextFeatures.Slots)
        {
            var (low, high) = Vector128.Widen(Row(ref first, rows[at]));
            for (var slot = 1; slot < ITextFeatures.Slots; slot++)
            {
                var (moreLow, moreHigh) = Vector128.Widen(Row(ref first, rows[at + slot]));
                low += moreLow;
                high += moreHigh;
            }

            pooled = pooled.With(new Pooled(low, high, low, high));
        }

        return pooled;
    }

    private Vector128<sbyte> Row(ref sbyte first, int row) => (uint)row < (uint)Rows ? Vector128.LoadUnsafe(ref first, (nuint)row * Width) : throw new ArgumentOutOfRangeException(nameof(row));

    /// <returns>The highest logit of this stretch.</returns>
    private float Judge(in Pooled pooled, Span<float> worst)
    {
        Span<float> inputs = stackalloc float[2 * Width];
        pooled.CopyTo(inputs);
        var (a, b, c, d) = (Bias(0), Bias(4), Bias(8), Bias(12));
        ref var weights = ref MemoryMarshal.GetArrayDataReference(hiddenWeights);
        for (var i = 0; i < inputs.Length; i++)
        {
            var input = Vector128.Create(inputs[i]);
            var at = (nuint)(i * Hidden);
            a += input * Vector128.LoadUnsafe(ref weights, at);
            b += input * Vector128.LoadUnsafe(ref weights, at + 4);
            c += input * Vector128.LoadUnsafe(ref weights, at + 8);
            d += input * Vector128.LoadUnsafe(ref weights, at + 12);
        }

        a = Vector128.Max(a, Vector128<float>.Zero);
        b = Vector128.Max(b, Vector128<float>.Zero);
        c = Vector128.Max(c, Vector128<float>.Zero);
        d = Vector128.Max(d, Vector128<float>.Zero);
        var highest = float.NegativeInfinity;
        for (var label = 0; label < Labels; label++)
        {
            var at = label * Hidden;
            var logit = outBias[label] + Vector128.Sum((a * Out(at)) + (b * Out(at + 4)) + (c * Out(at + 8)) + (d * Out(at + 12)));
            worst[label] = Math.Max(worst[label], logit);
            highest = Math.Max(highest, logit);
        }

        return highest;
    }

    private Vector128<float> Bias(int at) => Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(hiddenBias), (nuint)at);

    private Vector128<float> Out(int at) => Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(outWeights), (nuint)at);

    private bool IsFinite() =>
        Array.TrueForAll(hiddenWeights, float.IsFinite) && Array.TrueForAll(hiddenBias, float.IsFinite)
        && Array.TrueForAll(outWeights, float.IsFinite) && Array.TrueForAll(outBias, float.IsFinite);

    /// <summary>Sums and highest values of tokens, as whole numbers: 64 tokens of four rows stay within 16 bits.</summary>
    private readonly record struct Pooled(Vector128<short> SumLow, Vector128<short> SumHigh, Vector128<short> BestLow, Vector128<short> BestHigh)
    {
        public Pooled With(in Pooled other) => new(
            SumLow + other.SumLow, SumHigh + other.SumHigh, Vector128.Max(BestLow, other.BestLow), Vector128.Max(BestHigh, other.BestHigh));

        public void CopyTo(Span<float> inputs)
        {
            Widen(SumLow, inputs);
            Widen(SumHigh, inputs[8..]);
            Widen(BestLow, inputs[16..]);
            Widen(BestHigh, inputs[24..]);
        }

        private static void Widen(Vector128<short> values, Span<float> into)
        {
            var (low, high) = Vector128.Widen(values);
            Vector128.ConvertToSingle(low).CopyTo(into);
            Vector128.ConvertToSingle(high).CopyTo(into[4..]);
        }
    }
}
