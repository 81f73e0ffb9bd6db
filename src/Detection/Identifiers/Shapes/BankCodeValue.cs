using EdgeFilter.Detection.Patterns;

namespace EdgeFilter.Detection.Identifiers.Shapes;

/// <summary>Business identifier codes (ISO 9362, SWIFT) behind their label; the fifth and sixth letters are a country.</summary>
internal sealed class BankCodeValue : LabelledValue
{
    private const string Countries =
        "AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CD CF CG CH CI CK " +
        "CL CM CN CO CR CU CV CW CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR " +
        "GT GU GW GY HK HN HR HT HU ID IE IL IM IN IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU " +
        "LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG " +
        "PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK " +
        "TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

    private static readonly LinearPattern Pattern = LinearPattern.Parse("[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?");

    public override IReadOnlyList<string> Labels { get; } = ["BIC", "SWIFT", "identifier code"];

    public override int MaxLength => Pattern.MaxLength + 1;

    public override int Match(ReadOnlySpan<char> text, int start, out bool alive, out float confidence)
    {
        confidence = Confidence.StrictPatternAndContext;
        var matches = Pattern.Match(text, start, out var length, out alive);
        alive |= matches && start + length == text.Length;
        if (!matches || (start + length < text.Length && LetterFolding.IsGlue(text[start + length])))
        {
            return 0;
        }

        // Codes are separated by blanks in the list, so a country stands at a multiple of three.
        var country = Countries.AsSpan().IndexOf(text.Slice(start + 4, 2), StringComparison.Ordinal);
        return country >= 0 && country % 3 == 0 ? length : 0;
    }
}
