using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using EdgeFilter.Policies.Decisions;

namespace EdgeFilter.Policies.Compilation;

/// <summary>Values that an author lists; <c>*</c> stands for any characters. Case, spaces and hyphens don't count.</summary>
internal sealed class ValueListTest : IValueTest
{
    // Nobody lists values longer than this; a matched text that is longer can only meet a list with stars, judged as it is.
    private const int LongestValue = 1_024;

    private readonly FrozenSet<string> exact;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly ImmutableArray<string> patterns;

    public ValueListTest(IEnumerable<string> values)
    {
        var all = values.Select(Compact).ToArray();
        exact = all.Where(v => !v.Contains('*', StringComparison.Ordinal)).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        lookup = exact.GetAlternateLookup<ReadOnlySpan<char>>();
        patterns = [.. all.Where(v => v.Contains('*', StringComparison.Ordinal))];
    }

    public bool Holds(ReadOnlySpan<char> value)
    {
        if (value.Length > LongestValue)
        {
            return false;
        }

        Span<char> buffer = stackalloc char[LongestValue];
        var length = 0;
        foreach (var c in value)
        {
            if (!IsFiller(c))
            {
                buffer[length++] = c;
            }
        }

        var compact = buffer[..length];
        if (lookup.Contains(compact))
        {
            return true;
        }

        foreach (var pattern in patterns)
        {
            if (NamePattern.Matches(pattern, compact))
            {
                return true;
            }
        }

        return false;
    }

    private static string Compact(string value) => string.Concat(value.Where(c => !IsFiller(c)));

    private static bool IsFiller(char c) => c == '-' || char.IsWhiteSpace(c);
}
