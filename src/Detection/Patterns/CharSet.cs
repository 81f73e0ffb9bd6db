namespace EdgeFilter.Detection.Patterns;

/// <summary>A set of UTF-16 code units as sorted, disjoint, inclusive ranges. Immutable.</summary>
internal sealed class CharSet
{
    private readonly (char From, char To)[] ranges;

    private CharSet((char From, char To)[] ranges)
    {
        this.ranges = ranges;
    }

    public static CharSet AnyButNewLine { get; } = Of('\n').Negate();

    public static CharSet Digit { get; } = Of([('0', '9')]);

    public static CharSet Word { get; } = Of([('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]);

    public static CharSet Space { get; } = Of(
        [('\t', '\r'), (' ', ' '), ('\u00A0', '\u00A0'), ('\u2000', '\u200A'), ('\u202F', '\u202F'), ('\u3000', '\u3000')]);

    public ReadOnlySpan<(char From, char To)> Ranges => ranges;

    public static CharSet Of(char c) => new([(c, c)]);

    public static CharSet Of(IEnumerable<(char From, char To)> ranges)
    {
        var merged = new List<(char From, char To)>();
        foreach (var range in ranges.OrderBy(r => r.From))
        {
            if (merged.Count > 0 && range.From <= merged[^1].To + 1)
            {
                merged[^1] = (merged[^1].From, (char)Math.Max(merged[^1].To, range.To));
            }
            else
            {
                merged.Add(range);
            }
        }

        return new CharSet([.. merged]);
    }

    public CharSet Negate()
    {
        var gaps = new List<(char From, char To)>();
        var next = 0;
        foreach (var (from, to) in ranges)
        {
            if (from > next)
            {
                gaps.Add(((char)next, (char)(from - 1)));
            }

            next = to + 1;
        }

        if (next <= char.MaxValue)
        {
            gaps.Add(((char)next, char.MaxValue));
        }

        return new CharSet([.. gaps]);
    }

    /// <summary>The set with the other case of each of its letters. Wide ranges take only ASCII's other cases.</summary>
    public CharSet IgnoreCase()
    {
        var all = new List<(char From, char To)>(ranges);
        foreach (var (from, to) in ranges)
        {
            var last = to - from > 512 ? (char)Math.Min((int)to, 0x7F) : to;
            for (int c = from; c <= last; c++)
            {
                var upper = char.ToUpperInvariant((char)c);
                var lower = char.ToLowerInvariant((char)c);
                all.Add((upper, upper));
                all.Add((lower, lower));
            }
        }

        return Of(all);
    }

    /// <summary>True when it has nothing below the first and nothing above the second of these.</summary>
    public bool IsWithin(char first, char last) => ranges.Length == 0 || (ranges[0].From >= first && ranges[^1].To <= last);

    public bool Contains(char c)
    {
        foreach (var (from, to) in ranges)
        {
            if (c <= to)
            {
                return c >= from;
            }
        }

        return false;
    }
}
