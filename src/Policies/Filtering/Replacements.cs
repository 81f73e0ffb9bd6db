using EdgeFilter.Detection;
using EdgeFilter.Policies.Compilation;

namespace EdgeFilter.Policies.Filtering;

/// <summary>What stands in the place of a match. The same value under the same key always gives the same text.</summary>
internal static class Replacements
{
    private const int TokenBytes = 5;

    public static string Of(CompiledRule rule, string entity, ReadOnlySpan<char> value, IValueHasher hasher) => rule.Then switch
    {
        PolicyAction.Mask => Mask(value, rule.KeepLast),
        PolicyAction.Hash => $"[{entity}:{Token(value, hasher).ToLowerInvariant()}]",
        PolicyAction.Pseudonymise => $"[{entity}_{Token(value, hasher)}]",
        _ => rule.ReplaceWith?.Replace("{entity}", entity, StringComparison.Ordinal) ?? $"[{entity}]",
    };

    /// <summary>Stars for letters and digits, but for the last few of a long value; separators stay, so that the shape stays.</summary>
    private static string Mask(ReadOnlySpan<char> value, int keepLast)
    {
        var letters = 0;
        foreach (var c in value)
        {
            letters += char.IsLetterOrDigit(c) ? 1 : 0;
        }

        // A short value would be given away by its end.
        var hidden = letters < 2 * keepLast ? letters : letters - keepLast;
        return string.Create(value.Length, new MaskState(value, hidden), static (span, state) =>
        {
            var seen = 0;
            for (var i = 0; i < span.Length; i++)
            {
                var c = state.Value[i];
                var counts = char.IsLetterOrDigit(c) || char.IsSurrogate(c);
                span[i] = counts && seen++ < state.Hidden ? '*' : counts && char.IsSurrogate(c) ? '*' : c;
            }
        });
    }

    private static string Token(ReadOnlySpan<char> value, IValueHasher hasher)
    {
        Span<byte> mac = stackalloc byte[32];
        hasher.Hash(value, mac);
        return Convert.ToHexString(mac[..TokenBytes]);
    }

    private readonly ref struct MaskState(ReadOnlySpan<char> value, int hidden)
    {
        public ReadOnlySpan<char> Value { get; } = value;

        public int Hidden { get; } = hidden;
    }
}
