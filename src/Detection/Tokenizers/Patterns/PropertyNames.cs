using System.Collections.Frozen;
using System.Globalization;

namespace EdgeFilter.Detection.Tokenizers.Patterns;

/// <summary>The general categories by the names that patterns use, as masks of <see cref="UnicodeCategory"/>.</summary>
internal static class PropertyNames
{
    private static readonly (string Name, UnicodeCategory Category)[] Single =
    [
        ("Lu", UnicodeCategory.UppercaseLetter), ("Ll", UnicodeCategory.LowercaseLetter), ("Lt", UnicodeCategory.TitlecaseLetter),
        ("Lm", UnicodeCategory.ModifierLetter), ("Lo", UnicodeCategory.OtherLetter),
        ("Mn", UnicodeCategory.NonSpacingMark), ("Mc", UnicodeCategory.SpacingCombiningMark), ("Me", UnicodeCategory.EnclosingMark),
        ("Nd", UnicodeCategory.DecimalDigitNumber), ("Nl", UnicodeCategory.LetterNumber), ("No", UnicodeCategory.OtherNumber),
        ("Zs", UnicodeCategory.SpaceSeparator), ("Zl", UnicodeCategory.LineSeparator), ("Zp", UnicodeCategory.ParagraphSeparator),
        ("Cc", UnicodeCategory.Control), ("Cf", UnicodeCategory.Format), ("Cs", UnicodeCategory.Surrogate),
        ("Co", UnicodeCategory.PrivateUse), ("Cn", UnicodeCategory.OtherNotAssigned),
        ("Pc", UnicodeCategory.ConnectorPunctuation), ("Pd", UnicodeCategory.DashPunctuation), ("Ps", UnicodeCategory.OpenPunctuation),
        ("Pe", UnicodeCategory.ClosePunctuation), ("Pi", UnicodeCategory.InitialQuotePunctuation),
        ("Pf", UnicodeCategory.FinalQuotePunctuation), ("Po", UnicodeCategory.OtherPunctuation),
        ("Sm", UnicodeCategory.MathSymbol), ("Sc", UnicodeCategory.CurrencySymbol), ("Sk", UnicodeCategory.ModifierSymbol),
        ("So", UnicodeCategory.OtherSymbol),
    ];

    private static readonly FrozenDictionary<string, uint> Masks = Build();

    /// <summary>The mask of a category or of a group of them; null for a name that is not known.</summary>
    public static uint? Find(string name) => Masks.TryGetValue(name, out var mask) ? mask : null;

    private static FrozenDictionary<string, uint> Build()
    {
        var masks = Single.ToDictionary(s => s.Name, s => 1u << (int)s.Category, StringComparer.OrdinalIgnoreCase);
        foreach (var (letter, name) in new[] { ("L", "Letter"), ("M", "Mark"), ("N", "Number"), ("Z", "Separator"), ("C", "Other"), ("P", "Punctuation"), ("S", "Symbol") })
        {
            var mask = Single.Where(s => s.Name[0] == letter[0]).Aggregate(0u, (m, s) => m | (1u << (int)s.Category));
            masks[letter] = mask;
            masks[name] = mask;
        }

        return masks.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
