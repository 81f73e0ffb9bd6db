using System.Globalization;
using EdgeFilter.Detection.Tokenizers.Unicode;

namespace EdgeFilter.Detection.Tokenizers.Patterns;

/// <summary>A set of code points, as a pattern writes one: ranges, categories, sets within sets. Immutable once sealed.</summary>
internal sealed class CodePointSet
{
    private readonly List<(int First, int Last)> ranges = [];
    private readonly List<CodePointSet> parts = [];
    private readonly bool isNegated;
    private readonly List<CodePointSet> narrowedBy = [];
    private uint categories;
    private bool hasWords;
    private bool hasSpaces;
    private ulong low;
    private ulong high;

    public CodePointSet(bool isNegated = false)
    {
        this.isNegated = isNegated;
    }

    public static CodePointSet Of(int code, bool ignoreCase)
    {
        var set = new CodePointSet();
        set.Add(code, code, ignoreCase);
        return set.Seal();
    }

    public bool Contains(int code) => code < 64 ? (low >> code & 1) != 0 : code < 128 ? (high >> (code - 64) & 1) != 0 : IsMember(code);

    public void Add(int first, int last, bool ignoreCase = false)
    {
        ranges.Add((first, last));
        if (!ignoreCase)
        {
            return;
        }

        // Letters of other cases; a set of many characters is one of words, and those patterns write both cases.
        for (var code = first; code <= last && code - first < 512; code++)
        {
            foreach (var other in OtherCases(code))
            {
                ranges.Add((other, other));
            }
        }
    }

    public void Add(CodePointSet part) => parts.Add(part);

    public void AddCategories(uint mask) => categories |= mask;

    public void AddWords() => hasWords = true;

    public void AddSpaces() => hasSpaces = true;

    public void Narrow(CodePointSet other) => narrowedBy.Add(other);

    /// <summary>To be called when everything was added.</summary>
    public CodePointSet Seal()
    {
        for (var code = 0; code < 64; code++)
        {
            low |= IsMember(code) ? 1UL << code : 0;
            high |= IsMember(code + 64) ? 1UL << code : 0;
        }

        return this;
    }

    private static IEnumerable<int> OtherCases(int code)
    {
        if (!System.Text.Rune.IsValid(code))
        {
            yield break;
        }

        var rune = new System.Text.Rune(code);
        var upper = System.Text.Rune.ToUpperInvariant(rune);
        var lower = System.Text.Rune.ToLowerInvariant(rune);
        yield return upper.Value;
        yield return lower.Value;

        // The two letters whose other case is ASCII: long s and the Kelvin sign.
        if (lower.Value is 's' or 0x17F)
        {
            yield return 's';
            yield return 'S';
            yield return 0x17F;
        }
        else if (lower.Value == 'k')
        {
            yield return 0x212A;
        }
    }

    private bool IsMember(int code)
    {
        var found = false;
        foreach (var (first, last) in ranges)
        {
            if (code >= first && code <= last)
            {
                found = true;
                break;
            }
        }

        found = found
            || (categories != 0 && (categories >> (int)CharUnicodeInfo.GetUnicodeCategory(code) & 1) != 0)
            || (hasWords && CharacterClass.IsPatternWord(code))
            || (hasSpaces && CharacterClass.IsSpace(code))
            || parts.Exists(p => p.IsMember(code));
        return (found && narrowedBy.TrueForAll(n => n.IsMember(code))) != isNegated;
    }
}
