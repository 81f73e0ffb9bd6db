using System.Globalization;

namespace EdgeFilter.Detection.Tokenizers.Unicode;

/// <summary>
/// Which characters the tables behind the reference's normalisers know. They are years old, and a model has learnt what they made of
/// its training data. <c>make-ages.py</c> writes the facts.
/// </summary>
internal sealed class UnicodeAge
{
    private static readonly Lazy<UnicodeAge> Shared = new(() => new UnicodeAge());

    private readonly int[] firsts;
    private readonly int[] lasts;
    private readonly byte[] versions;

    private UnicodeAge()
    {
        using var stream = typeof(UnicodeAge).Assembly.GetManifestResourceStream("EdgeFilter.Detection.Tokenizers.Unicode.ages.txt")
            ?? throw new InvalidOperationException("The table of ages is missing from the assembly.");
        using var reader = new StreamReader(stream);
        var (starts, ends, ages) = (new List<int>(), new List<int>(), new List<byte>());
        while (reader.ReadLine() is { } line)
        {
            var dash = line.IndexOf('-', StringComparison.Ordinal);
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            starts.Add(Hex(line.AsSpan(0, dash)));
            ends.Add(Hex(line.AsSpan(dash + 1, space - dash - 1)));
            ages.Add((byte)(line[^1] - '0'));
        }

        (firsts, lasts, versions) = ([.. starts], [.. ends], [.. ages]);
    }

    /// <summary>Whether a code point was a character in Unicode 8 or, as the case may be, 9.</summary>
    public static bool IsKnownTo(int version, int code) => code < 0x300 || Shared.Value.Age(code) <= version;

    private static int Hex(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private int Age(int code)
    {
        var index = Array.BinarySearch(firsts, code);
        index = index < 0 ? ~index - 1 : index;
        return index >= 0 && code <= lasts[index] ? versions[index] : int.MaxValue;
    }
}
