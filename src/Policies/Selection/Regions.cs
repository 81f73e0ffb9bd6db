using System.Collections.Frozen;

namespace EdgeFilter.Policies.Selection;

/// <summary>Regions that policies name: countries, their parts, and groups of countries.</summary>
/// <remarks>Source: ISO 3166-1 alpha-2; members of the European Union and the European Economic Area as of 2026.</remarks>
public static class Regions
{
    private const string Own = "x-";

    private static readonly string[] EuropeanUnion =
        "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".Split(' ');

    private static readonly FrozenDictionary<string, FrozenSet<string>> Groups = new Dictionary<string, FrozenSet<string>>(StringComparer.OrdinalIgnoreCase)
    {
        ["EU"] = EuropeanUnion.ToFrozenSet(StringComparer.OrdinalIgnoreCase),
        ["EEA"] = EuropeanUnion.Concat(["EU", "IS", "LI", "NO"]).ToFrozenSet(StringComparer.OrdinalIgnoreCase),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Countries = (
        "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK "
        + "CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS "
        + "GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV "
        + "LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM "
        + "PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR "
        + "TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK")
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Names that authors write where codes belong. Not a list of the world: the nearest code is offered for the rest.
    private static readonly FrozenDictionary<string, string> CountryNames = (
        "Argentina=AR Australia=AU Austria=AT Belgium=BE Brazil=BR Canada=CA Chile=CL China=CN Colombia=CO Czechia=CZ Denmark=DK Egypt=EG England=GB Europe=EU "
        + "Finland=FI France=FR Germany=DE Greece=GR Hungary=HU India=IN Indonesia=ID Ireland=IE Israel=IL Italy=IT Japan=JP Kenya=KE Korea=KR "
        + "Malaysia=MY Mexico=MX Netherlands=NL Nigeria=NG Norway=NO Pakistan=PK Peru=PE Philippines=PH Poland=PL Portugal=PT Romania=RO Russia=RU "
        + "Singapore=SG Spain=ES Sweden=SE Switzerland=CH Taiwan=TW Thailand=TH Turkey=TR Ukraine=UA USA=US Vietnam=VN California=US-CA Texas=US-TX")
        .Split(' ').Select(p => p.Split('=')).ToFrozenDictionary(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase);

    /// <summary>Groups and countries; parts of countries and own labels come on top.</summary>
    public static IEnumerable<string> Known => Groups.Keys.Concat(Countries).Append("UK");

    /// <summary>True when a policy may name it.</summary>
    public static bool IsKnown(string region)
    {
        if (region.StartsWith(Own, StringComparison.Ordinal))
        {
            return region.Length > Own.Length;
        }

        // Written in capitals, so that 'no' and 'No' can't be taken for a word.
        if (region.Any(char.IsAsciiLetterLower))
        {
            return false;
        }

        var dash = region.IndexOf('-', StringComparison.Ordinal);
        return dash < 0
            ? Groups.ContainsKey(region) || Countries.Contains(Canonical(region))
            : Countries.Contains(Canonical(region[..dash])) && IsPart(region[..dash], region[(dash + 1)..]);
    }

    /// <summary>True for a group of countries.</summary>
    public static bool IsGroup(string region) => Groups.ContainsKey(region);

    /// <summary>What may have been meant by a name that is no region.</summary>
    public static string Hint(string region) => CodeOf(region) is { } code ? $" Did you mean '{code}'?"
        : IsLongCode(region) ? " Countries have the codes of two letters here."
        : Validation.NearestName.Hint(region, Known);

    // DEU, GBR, CHN: the code of two letters that is nearest is often another country's.
    private static bool IsLongCode(string region) => region.Length == 3 && region.All(char.IsAsciiLetterUpper) && Validation.NearestName.Find(region, Groups.Keys) is null;

    // ISO 3166-2 gives parts one to three letters or digits; those of the best known federations have two or three letters.
    private static bool IsPart(string country, string part) => part.All(char.IsAsciiLetterOrDigit) && country switch
    {
        "US" or "CA" or "BR" or "IN" => part.Length == 2,
        "AU" => part.Length is 2 or 3,
        "MX" => part.Length == 3,
        _ => part.Length is >= 1 and <= 3,
    };

    private static string? CodeOf(string name) => CountryNames.GetValueOrDefault(name);

    /// <summary>True when a client that stands in <paramref name="place"/> is meant by <paramref name="region"/>.</summary>
    /// <param name="region">As a policy names it.</param>
    /// <param name="place">As the client's identity says; empty when unknown, which no region means.</param>
    public static bool Contains(string region, string place)
    {
        if (place.Length == 0)
        {
            return false;
        }

        region = Canonical(region);
        place = Canonical(place);
        if (region.Equals(place, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var dash = place.StartsWith(Own, StringComparison.Ordinal) ? -1 : place.IndexOf('-', StringComparison.Ordinal);
        var country = dash > 0 ? Canonical(place[..dash]) : place;
        return country.Equals(region, StringComparison.OrdinalIgnoreCase)
            || (Groups.TryGetValue(region, out var members) && members.Contains(country));
    }

    // The United Kingdom's code is GB; nearly everyone writes UK. Greece is GR, and EL in the Union's own papers.
    private static string Canonical(string region) => region switch
    {
        "UK" or "uk" => "GB",
        "EL" or "el" => "GR",
        _ => region,
    };
}
