using System.Collections.Frozen;
using EdgeFilter.Detection.Checksums;
using EdgeFilter.Detection.Identifiers.Checks;

namespace EdgeFilter.Detection.Identifiers.Shapes;

/// <summary>
/// IBANs (ISO 13616) of the countries in <c>Data/iban.json</c>: exactly the country's length and structure, remainder 1 modulo 97,
/// plain or with single separators. Text that follows in the same rhythm is not taken along.
/// </summary>
internal sealed class IbanShape : Shape
{
    private const int Longest = 34;
    private static readonly FrozenDictionary<int, string> Structures = ReadStructures();

    public override int MaxLength => Longest + (Longest / 2);

    public override bool CanBegin(char c) => char.IsAsciiLetter(c);

    public override bool Match(ReadOnlySpan<char> text, int start, out int length, out bool alive)
    {
        length = -1;
        alive = false;
        if (start + 1 >= text.Length)
        {
            alive = start < text.Length && CanBegin(text[start]);
            return false;
        }

        if (!Structures.TryGetValue(Key(text[start], text[start + 1]), out var structure))
        {
            return false;
        }

        Span<char> value = stackalloc char[Longest];
        var count = 0;
        var i = start;
        for (; i < text.Length && count < structure.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiLetterOrDigit(c))
            {
                if (!Fits(c, structure[count]))
                {
                    return false;
                }

                value[count++] = c;
            }
            else if (c is not (' ' or '-' or '.') || count is 0 or 1 or 3 || !char.IsAsciiLetterOrDigit(text[i - 1]))
            {
                return false;
            }
        }

        if (count < structure.Length)
        {
            alive = i == text.Length;
            return false;
        }

        if (value[2..4] is "00" or "01" or "99" || Iso7064.Mod97(value[..4], Iso7064.Mod97(value[4..count], 0)) != 1)
        {
            return false;
        }

        length = i - start;
        return true;
    }

    public override Form FormOf(ReadOnlySpan<char> value) => Form.Marked;

    /// <summary>Without the check digits that the account number itself should have, it is no genuine one for certain.</summary>
    public override float Ceiling(ReadOnlySpan<char> value)
    {
        Span<char> iban = stackalloc char[Longest];
        var count = 0;
        foreach (var c in value)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                iban[count++] = char.ToUpperInvariant(c);
            }
        }

        return NationalAccounts.Fits(iban[..count]) ? 1 : Confidence.Checksum;
    }

    private static bool Fits(char c, char kind) => kind switch
    {
        'n' => char.IsAsciiDigit(c),
        'a' => char.IsAsciiLetter(c),
        _ => true,
    };

    private static int Key(char first, char second) => ((first & ~0x20) << 8) | (second & ~0x20);

    private static FrozenDictionary<int, string> ReadStructures()
    {
        using var document = EmbeddedData.Read("iban.json");
        var structures = new Dictionary<int, string>();
        foreach (var row in document.RootElement.EnumerateArray())
        {
            var country = row.GetProperty("country").GetString()!;
            var kinds = string.Concat(row.GetProperty("structure").GetString()!
                .Split(' ')
                .Select(part => new string(part[^1], int.Parse(part[..^1], System.Globalization.CultureInfo.InvariantCulture))));
            structures.Add(Key(country[0], country[1]), "aann" + kinds);
        }

        return structures.ToFrozenDictionary();
    }
}
