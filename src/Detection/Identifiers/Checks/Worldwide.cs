using EdgeFilter.Detection.Checksums;

namespace EdgeFilter.Detection.Identifiers.Checks;

/// <summary>Numbers of no country: vehicles, travel documents, payment schemes, dates.</summary>
internal static class Worldwide
{
    // A to Z; I, O and Q do not occur.
    private static ReadOnlySpan<byte> VinLetters => [1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9];

    /// <summary>ISO 3779 with the North American check digit (49 CFR 565).</summary>
    public static bool Vin(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        ReadOnlySpan<int> weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
        if (v.Length != 17)
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            var value = char.IsAsciiDigit(v[i]) ? v[i] - '0' : char.IsAsciiLetterUpper(v[i]) ? VinLetters[v[i] - 'A'] : -1;
            if (value < 0)
            {
                return false;
            }

            sum += value * weights[i];
        }

        return "0123456789X"[sum % 11] == v[8] && !Symbols.AllSame(v);
    }

    /// <summary>Modulus 97 over national part, country and check digits; the three characters of the business code do not count.</summary>
    public static bool SepaCreditor(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        if (v.Length < 8)
        {
            return false;
        }

        return Iso7064.Mod97(v[..4], Iso7064.Mod97(v[7..], 0)) == 1;
    }

    /// <summary>The card number on track one or two.</summary>
    public static bool CardTrack(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        var start = raw.IndexOfAnyInRange('0', '9');
        var end = start < 0 ? -1 : raw[start..].IndexOfAny('^', '=');
        return end > 0 && Luhn.IsValid(raw.Slice(start, end));
    }

    /// <summary>Check digits of a machine-readable zone (ICAO 9303): document, birth, expiry and the composite of all.</summary>
    public static bool MachineReadableZone(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        Span<char> zone = stackalloc char[96];
        var length = 0;
        foreach (var c in raw)
        {
            if (c is '<' || char.IsAsciiLetterOrDigit(c))
            {
                if (length == zone.Length)
                {
                    return false;
                }

                zone[length++] = char.ToUpperInvariant(c);
            }
        }

        return length switch
        {
            88 => TwoLines(zone[44..88], 44),
            72 => TwoLines(zone[36..72], 36),
            90 => ThreeLines(zone[..30], zone[30..60]),
            _ => false,
        };
    }

    /// <summary>A date in figures, in any of the usual orders, that the calendar has and a living person could be born on.</summary>
    public static bool WrittenDate(ReadOnlySpan<char> v, ReadOnlySpan<char> raw)
    {
        Span<int> parts = stackalloc int[3];
        parts.Clear();
        var count = 0;
        var firstLength = 0;
        for (var i = 0; i < raw.Length && count < 3; i++)
        {
            if (!char.IsAsciiDigit(raw[i]))
            {
                continue;
            }

            var start = i;
            for (; i < raw.Length && char.IsAsciiDigit(raw[i]); i++)
            {
                parts[count] = (parts[count] * 10) + raw[i] - '0';
            }

            firstLength = count == 0 ? i - start : firstLength;
            count++;
        }

        if (count < 3)
        {
            return false;
        }

        return firstLength == 4
            ? CalendarDate.Exists(parts[0], parts[1], parts[2])
            : CalendarDate.Exists(parts[2], parts[1], parts[0]) || CalendarDate.Exists(parts[2], parts[0], parts[1]);
    }

    /// <summary>A date that the calendar has, or a time of day.</summary>
    public static bool DateOrTime(ReadOnlySpan<char> v, ReadOnlySpan<char> raw) =>
        raw.Length > 5 ? WrittenDate(v, raw) : v.Length is 3 or 4 && Symbols.Number(v[..^2]) < 24 && Symbols.Number(v[^2..]) < 60;

    private static bool TwoLines(ReadOnlySpan<char> line, int length)
    {
        // The composite covers the second line but for sex, nationality and itself.
        Span<char> composite = stackalloc char[length];
        line[..10].CopyTo(composite);
        line[13..20].CopyTo(composite[10..]);
        line[21..^1].CopyTo(composite[17..]);
        return IsChecked(line[..9], line[9]) && IsChecked(line[13..19], line[19]) && IsChecked(line[21..27], line[27])
            && IsChecked(composite[..(17 + length - 22)], line[^1]);
    }

    private static bool ThreeLines(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        Span<char> composite = stackalloc char[50];
        first[5..30].CopyTo(composite);
        second[..7].CopyTo(composite[25..]);
        second[8..15].CopyTo(composite[32..]);
        second[18..29].CopyTo(composite[39..]);
        return IsChecked(second[..6], second[6]) && IsChecked(second[8..14], second[14]) && IsChecked(composite, second[29]);
    }

    private static bool IsChecked(ReadOnlySpan<char> field, char check)
    {
        ReadOnlySpan<int> weights = [7, 3, 1];
        var sum = 0;
        for (var i = 0; i < field.Length; i++)
        {
            sum += (field[i] == '<' ? 0 : Math.Max(0, Symbols.Base36(field[i]))) * weights[i % 3];
        }

        return sum % 10 == (check == '<' ? 0 : check - '0');
    }
}
