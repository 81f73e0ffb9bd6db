using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace EdgeFilter.Detection.Tests.Classifiers;

/// <summary>A screen with weights by chance: its file, and what it must say, computed the slow and plain way.</summary>
internal sealed class RandomScreen
{
    public const int View = 32;
    public const int Labels = 2;
    private const int Width = 16;
    private const int Hidden = 16;

    private readonly float[] hiddenWeights;
    private readonly float[] hiddenBias;
    private readonly float[] outWeights;
    private readonly float[] outBias;
    private readonly sbyte[] table;

    public RandomScreen(int rows, int seed)
    {
        Rows = rows;
        var random = new Random(seed);
        hiddenWeights = Floats(Hidden * 2 * Width, 0.005f);
        hiddenBias = Floats(Hidden, 0.5f);
        outWeights = Floats(Labels * Hidden, 0.5f);
        outBias = Floats(Labels, 0.5f);
        table = new sbyte[rows * Width];
        random.NextBytes(MemoryMarshal.AsBytes(table.AsSpan()));
        table.AsSpan(0, Width).Clear();
        table.AsSpan().Replace(sbyte.MinValue, sbyte.MaxValue);

        float[] Floats(int count, float scale) => [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() - 0.5) * 2 * scale))];
    }

    public int Rows { get; }

    public byte[] File()
    {
        var header = new byte[32];
        "EFSCREEN"u8.CopyTo(header);
        var numbers = new[] { 1, Rows, Width, View, Hidden, Labels };
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8 + (i * 4)), numbers[i]);
        }

        var floats = new[] { hiddenWeights, hiddenBias, outWeights, outBias }.SelectMany(f => f).ToArray();
        return [.. header, .. MemoryMarshal.AsBytes(floats.AsSpan()), .. MemoryMarshal.AsBytes(table.AsSpan())];
    }

    public double[] Expected(int[] rows)
    {
        const int block = View / 2;
        var tokens = rows.Length / 4;
        var stretches = Math.Max(2, (tokens + block - 1) / block) - 1;
        var worst = new double[Labels];
        for (var stretch = 0; stretch < stretches; stretch++)
        {
            var inputs = new double[2 * Width];
            for (var token = stretch * block; token < Math.Min(tokens, (stretch * block) + View); token++)
            {
                for (var column = 0; column < Width; column++)
                {
                    var value = Enumerable.Range(0, 4).Sum(slot => table[(rows[(token * 4) + slot] * Width) + column]);
                    inputs[column] += value;
                    inputs[Width + column] = Math.Max(inputs[Width + column], value);
                }
            }

            var hidden = Enumerable.Range(0, Hidden).Select(h => Math.Max(0, hiddenBias[h] + inputs.Select((x, i) => x * hiddenWeights[(h * 2 * Width) + i]).Sum())).ToArray();
            for (var label = 0; label < Labels; label++)
            {
                var logit = outBias[label] + hidden.Select((x, h) => x * outWeights[(label * Hidden) + h]).Sum();
                worst[label] = Math.Max(worst[label], 1 / (1 + Math.Exp(-logit)));
            }
        }

        return worst;
    }
}
