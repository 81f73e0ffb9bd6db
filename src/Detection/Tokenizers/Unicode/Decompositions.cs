using System.Collections.Frozen;
using System.Globalization;

namespace EdgeFilter.Detection.Tokenizers.Unicode;

/// <summary>
/// What the normalisation forms know of code points: full decompositions, combining classes and compositions.
/// <c>make-decompositions.py</c> writes the facts; what came after Unicode 9 is left out, see <see cref="UnicodeAge"/>.
/// </summary>
internal sealed class Decompositions
{
    /// <summary>The version of Unicode that the reference's tables stem from.</summary>
    private const int KnownVersion = 9;

    private const int HangulFirst = 0xAC00;
    private const int HangulCount = 11172;
    private const int LeadFirst = 0x1100;
    private const int LeadCount = 19;
    private const int VowelFirst = 0x1161;
    private const int VowelCount = 21;
    private const int TailFirst = 0x11A7;
    private const int TailCount = 28;

    private static readonly Lazy<Decompositions> Shared = new(() => new Decompositions());

    private readonly Dictionary<int, int[]> canonicalSteps = [];
    private readonly Dictionary<int, int[]> compatibleSteps = [];
    private readonly FrozenDictionary<int, int[]> canonical;
    private readonly FrozenDictionary<int, int[]> compatible;
    private readonly FrozenDictionary<int, byte> classes;
    private readonly FrozenDictionary<long, int> compositions;

    private Decompositions()
    {
        var marks = new Dictionary<int, byte>();
        var pairs = new Dictionary<long, int>();
        using var stream = typeof(Decompositions).Assembly.GetManifestResourceStream("EdgeFilter.Detection.Tokenizers.Unicode.decompositions.txt")
            ?? throw new InvalidOperationException("The table of decompositions is missing from the assembly.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            Add(line, marks, pairs);
        }

        canonical = canonicalSteps.Keys.ToFrozenDictionary(c => c, c => Whole(c, isCompatible: false));
        compatible = canonicalSteps.Keys.Union(compatibleSteps.Keys).ToFrozenDictionary(c => c, c => Whole(c, isCompatible: true));
        classes = marks.ToFrozenDictionary();
        compositions = pairs.ToFrozenDictionary();
    }

    public static Decompositions Instance => Shared.Value;

    /// <summary>The canonical combining class; 0 for everything that is no mark.</summary>
    public int Class(int code) => code < 0x300 ? 0 : classes.GetValueOrDefault(code);

    /// <summary>Writes the full decomposition of a code point, itself where it has none.</summary>
    /// <returns>How many code points were written; at most 18, as UAX 15 promises.</returns>
    public int Decompose(int code, bool isCompatible, Span<int> parts)
    {
        if (code < 0xA0)
        {
            parts[0] = code;
            return 1;
        }

        var index = code - HangulFirst;
        if (index is >= 0 and < HangulCount)
        {
            parts[0] = LeadFirst + (index / (VowelCount * TailCount));
            parts[1] = VowelFirst + (index % (VowelCount * TailCount) / TailCount);
            parts[2] = TailFirst + (index % TailCount);
            return parts[2] == TailFirst ? 2 : 3;
        }

        if ((isCompatible ? compatible : canonical).TryGetValue(code, out var whole))
        {
            whole.CopyTo(parts);
            return whole.Length;
        }

        parts[0] = code;
        return 1;
    }

    /// <summary>The code point that two compose to, or -1.</summary>
    public int Compose(int first, int second)
    {
        if (first is >= LeadFirst and < LeadFirst + LeadCount && second is >= VowelFirst and < VowelFirst + VowelCount)
        {
            return HangulFirst + ((((first - LeadFirst) * VowelCount) + second - VowelFirst) * TailCount);
        }

        if (first is >= HangulFirst and < HangulFirst + HangulCount && (first - HangulFirst) % TailCount == 0 && second is > TailFirst and < TailFirst + TailCount)
        {
            return first + second - TailFirst;
        }

        return compositions.GetValueOrDefault(Pair(first, second), -1);
    }

    private static long Pair(int first, int second) => ((long)first << 32) | (uint)second;

    private void Add(string line, Dictionary<int, byte> marks, Dictionary<long, int> pairs)
    {
        var sign = line.AsSpan().IndexOfAny("=>~-");
        var code = Hex(line.AsSpan(0, sign));
        if (!UnicodeAge.IsKnownTo(KnownVersion, code) && line[sign] != '-')
        {
            return;
        }

        if (line[sign] == '-')
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            for (var last = Hex(line.AsSpan(sign + 1, space - sign - 1)); code <= last; code++)
            {
                if (UnicodeAge.IsKnownTo(KnownVersion, code))
                {
                    marks[code] = byte.Parse(line.AsSpan(space + 1), NumberStyles.None, CultureInfo.InvariantCulture);
                }
            }

            return;
        }

        int[] parts = [.. line[(sign + 1)..].Split(' ').Select(p => Hex(p))];
        (line[sign] == '~' ? compatibleSteps : canonicalSteps)[code] = parts;
        if (line[sign] == '=')
        {
            pairs[Pair(parts[0], parts[1])] = code;
        }
    }

    private static int Hex(ReadOnlySpan<char> digits) => int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private int[] Whole(int code, bool isCompatible)
    {
        if (canonicalSteps.TryGetValue(code, out var parts) || (isCompatible && compatibleSteps.TryGetValue(code, out parts)))
        {
            return [.. parts.SelectMany(p => Whole(p, isCompatible))];
        }

        return [code];
    }
}
