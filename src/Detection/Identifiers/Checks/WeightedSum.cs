using EdgeFilter.Detection.Checksums;

namespace EdgeFilter.Detection.Identifiers.Checks;

/// <summary>
/// Weighted sums modulo a number. What the remainder means is a table: its character at the remainder is the check character, and
/// <c>!</c> marks remainders with which no number is issued. <c>0!987654321</c> so reads "11 minus the remainder, 11 is 0, 10 is
/// never issued".
/// </summary>
internal static class WeightedSum
{
    private const int Invalid = -1;

    /// <summary>The check character follows the weighted ones; what stands behind it is not looked at.</summary>
    public static Check AtEnd(int[] weights, int modulus, string table, string? alphabet) =>
        (v, _) => v.Length > weights.Length && Fits(Sum(v, weights, alphabet), modulus, table, v[weights.Length]);

    /// <summary>The check character stands at a place that has the weight 0.</summary>
    public static Check At(int position, int[] weights, int modulus, string table) =>
        (v, _) => v.Length >= weights.Length && v.Length > position
            && Fits(SumSkipping(v, weights, position), modulus, table, v[position]);

    /// <summary>The last character checks those before it, weights counted from the right.</summary>
    public static Check FromRight(int[] weights, int modulus, string table) => (v, _) =>
    {
        var sum = 0;
        for (var i = 0; i < v.Length - 1; i++)
        {
            var value = Symbols.Base36(v[^(i + 2)]);
            if (value < 0 || i >= weights.Length)
            {
                return false;
            }

            sum += value * weights[i];
        }

        return v.Length > 1 && Fits(sum, modulus, table, v[^1]);
    };

    /// <summary>As <see cref="AtEnd"/>, each product replaced by the sum of its decimal digits.</summary>
    public static Check OfDigitSums(int[] weights, int modulus, string table, string? alphabet) => (v, _) =>
    {
        if (v.Length <= weights.Length)
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            var value = ValueOf(v[i], alphabet);
            if (value < 0)
            {
                return false;
            }

            var product = value * weights[i];
            sum += (product / 10) + (product % 10);
        }

        return Fits(sum, modulus, table, v[weights.Length]);
    };

    /// <summary>The sum over the whole value leaves one of the targets.</summary>
    public static Check Leaves(int[] weights, int modulus, int[] targets) => (v, _) =>
    {
        if (v.Length < weights.Length)
        {
            return false;
        }

        var sum = Sum(v, weights, null);
        return sum != Invalid && Array.IndexOf(targets, Modulo(sum, modulus)) >= 0;
    };

    /// <summary>A second row of weights decides where the first leaves ten; <paramref name="lastTen"/> is what ten means then.</summary>
    public static Check TwoPasses(int[] first, int[] second, int modulus, char lastTen) => (v, _) =>
    {
        if (v.Length <= first.Length)
        {
            return false;
        }

        var remainder = Modulo(Sum(v, first, null), modulus);
        if (remainder == 10)
        {
            remainder = Modulo(Sum(v, second, null), modulus);
            if (remainder == 10)
            {
                return v[first.Length] == lastTen;
            }
        }

        return v[first.Length] == '0' + remainder;
    };

    public static int Modulo(int value, int modulus) => ((value % modulus) + modulus) % modulus;

    /// <summary>The plain weighted sum of the first characters; -1 when one has no value.</summary>
    public static int Sum(ReadOnlySpan<char> value, ReadOnlySpan<int> weights, string? alphabet = null)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            var v = ValueOf(value[i], alphabet);
            if (v < 0)
            {
                return Invalid;
            }

            sum += v * weights[i];
        }

        // A negative weight can make the sum negative: the offset is a multiple of every modulus in use up to 11.
        return sum < 0 ? sum + (27_720 * 100) : sum;
    }

    private static int SumSkipping(ReadOnlySpan<char> value, ReadOnlySpan<int> weights, int position)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            var v = i == position ? 0 : Symbols.Base36(value[i]);
            if (v < 0)
            {
                return Invalid;
            }

            sum += v * weights[i];
        }

        return sum;
    }

    private static int ValueOf(char c, string? alphabet) =>
        alphabet is null ? Symbols.Base36(c) : alphabet.IndexOf(c, StringComparison.Ordinal);

    private static bool Fits(int sum, int modulus, string table, char check) =>
        sum != Invalid && table[Modulo(sum, modulus)] is not '!' and var expected && expected == check;
}
