using System.Collections.Frozen;

namespace EdgeFilter.Detection.Identifiers.Shapes;

/// <summary>Country codes and how long numbers behind them are.</summary>
internal sealed class PhonePlans
{
    // Assigned country codes (ITU-T E.164 annex) of which no plan is at hand: lengths are not known.
    private static ReadOnlySpan<int> OtherCodes =>
    [
        53, 93, 211, 220, 222, 223, 224, 226, 227, 228, 229, 231, 232, 235, 236, 238, 239, 240, 241, 242, 243, 244, 245, 246, 247, 248,
        249, 252, 253, 257, 258, 261, 262, 264, 265, 266, 267, 268, 269, 290, 291, 297, 298, 299, 350, 376, 377, 378, 379, 382, 383,
        423, 500, 501, 503, 504, 505, 508, 509, 590, 592, 594, 596, 597, 599, 670, 672, 673, 674, 675, 676, 677, 678, 680, 681, 682, 683,
        685, 686, 687, 688, 689, 690, 691, 692, 800, 808, 850, 856, 870, 878, 881, 882, 883, 888, 960, 963, 967, 970, 973, 975, 979,
        992, 993, 996,
    ];

    // Islands with numbers of four or five digits (ITU-T national numbering plans).
    private static ReadOnlySpan<int> SmallPlaces => [247, 290, 500, 676, 677, 678, 682, 683, 685, 686, 688, 690];

    private readonly FrozenDictionary<int, uint> lengths;

    private PhonePlans(FrozenDictionary<int, uint> lengths)
    {
        this.lengths = lengths;
    }

    public static PhonePlans Read()
    {
        var lengths = new Dictionary<int, uint>();
        using var document = EmbeddedData.Read("phones.json");
        foreach (var row in document.RootElement.EnumerateArray())
        {
            var code = int.Parse(row.GetProperty("code").GetString()!.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
            foreach (var length in row.GetProperty("lengths").EnumerateArray())
            {
                lengths[code] = lengths.GetValueOrDefault(code) | (1u << length.GetInt32());
            }
        }

        foreach (var code in SmallPlaces)
        {
            // Four to eight digits.
            lengths.TryAdd(code, 0x1F0);
        }

        foreach (var code in OtherCodes)
        {
            // Six to twelve digits.
            lengths.TryAdd(code, 0x1FC0);
        }

        return new PhonePlans(lengths.ToFrozenDictionary());
    }

    /// <summary>Whether the digits, without the plus, are a country code and a number of one of its lengths.</summary>
    public bool IsInternational(ReadOnlySpan<char> digits)
    {
        if (digits.Length == 0 || digits[0] == '0')
        {
            return false;
        }

        var code = 0;
        for (var i = 0; i < 3 && i < digits.Length; i++)
        {
            code = (code * 10) + digits[i] - '0';
            if (lengths.TryGetValue(code, out var possible))
            {
                var rest = digits.Length - i - 1;

                // Very short numbers are services, and too like other figures.
                return rest >= (SmallPlaces.Contains(code) ? 4 : 6) && (possible >> rest & 1) != 0;
            }
        }

        return false;
    }
}
