namespace EdgeFilter.Detection.Identifiers;

/// <summary>
/// How people write a name of the data otherwise: "ID no." for "ID number", <c>Steuer-Nr.</c> for <c>Steuernummer</c>, "nº de afiliación"
/// for "número de afiliación"; "my national number" in Arabic, where "my" is an ending, and "the identity card" in Hebrew, where "the" is a
/// letter before the last word.
/// </summary>
internal static class ContextWordForms
{
    // Where the word for "number" stands at the end, in one word with what it counts or apart.
    private static readonly (string Whole, string[] Short)[] AtTheEnd =
    [
        ("number", ["no", "nr", "num", "nbr"]), ("nummer", ["nr", "no"]), ("numer", ["nr"]), ("cislo", ["c"]), ("szam", ["sz"]), ("numarasi", ["no"]),
    ];

    private static readonly (string Whole, string[] Short)[] AtTheBeginning =
    [
        ("numero", ["no", "n", "nr", "num"]), ("numer", ["nr"]), ("numar", ["nr"]), ("cislo", ["c"]), ("broj", ["br"]), ("stevilka", ["st"]), ("номер", ["n", "ном"]),
    ];

    private static readonly string[] ArabicPossessives = ["ي", "ك", "ه", "ها", "نا", "هم", "كم"];
    private const string ArabicThe = "ال";
    private const char ArabicFeminine = 'ة';
    private const char HebrewThe = 'ה';

    /// <param name="folded">A word of the data, folded.</param>
    /// <returns>Other forms of it, folded.</returns>
    public static IEnumerable<string> Of(string folded) => folded[0] switch
    {
        >= '\u0590' and <= '\u05FF' => Hebrew(folded),
        >= '\u0600' and <= '\u06FF' => Arabic(folded),
        _ => Abbreviated(folded),
    };

    /// <summary>Whether a form ends in an abbreviation, which must not be the beginning of a longer word.</summary>
    public static bool IsShort(string form) => AtTheEnd.Any(e => e.Short.Any(s => form.EndsWith(s, StringComparison.Ordinal)));

    private static IEnumerable<string> Abbreviated(string folded)
    {
        foreach (var (whole, shorts) in AtTheEnd)
        {
            if (folded.Length > whole.Length + 1 && folded.EndsWith(whole, StringComparison.Ordinal))
            {
                var counted = folded[..^whole.Length];
                foreach (var form in shorts)
                {
                    yield return counted + form;
                    if (counted[^1] != ' ')
                    {
                        yield return $"{counted} {form}";
                    }
                }
            }
        }

        foreach (var (whole, shorts) in AtTheBeginning)
        {
            if (folded.Length > whole.Length + 1 && folded.StartsWith(whole + ' ', StringComparison.Ordinal))
            {
                foreach (var form in shorts)
                {
                    yield return form + folded[whole.Length..];
                }
            }
        }
    }

    private static IEnumerable<string> Hebrew(string folded)
    {
        var last = folded.LastIndexOf(' ') + 1;
        if (last > 1 && folded[last] != HebrewThe)
        {
            yield return folded[..last] + HebrewThe + folded[last..];
        }
    }

    private static IEnumerable<string> Arabic(string folded)
    {
        var (first, last) = (folded.IndexOf(' '), folded.LastIndexOf(' ') + 1);
        foreach (var my in ArabicPossessives)
        {
            if (first > ArabicThe.Length + 1 && folded.StartsWith(ArabicThe, StringComparison.Ordinal))
            {
                yield return Owned(folded[ArabicThe.Length..first], my) + folded[first..];
            }

            if (folded.AsSpan(last).StartsWith(ArabicThe) && folded.Length > last + ArabicThe.Length + 1)
            {
                yield return folded[..last] + Owned(folded[(last + ArabicThe.Length)..], my);
            }
        }
    }

    private static string Owned(string word, string my) => (word[^1] == ArabicFeminine ? word[..^1] + 'ت' : word) + my;
}
