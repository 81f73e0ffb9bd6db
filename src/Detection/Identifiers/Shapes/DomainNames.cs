using System.Collections.Frozen;

namespace EdgeFilter.Detection.Identifiers.Shapes;

/// <summary>Host names: labels, dots, and a top-level domain.</summary>
internal static class DomainNames
{
    private const int MaxLength = 253;
    private const int MaxLabel = 63;

    // Country codes (ISO 3166 with the exceptions of the root zone), the common generic domains, and the reserved names of RFC 2606,
    // RFC 6762 and RFC 8375, which stand in internal addresses and examples. Rare generic domains are left out: what ends in one is
    // still found, with less confidence.
    private const string Known =
        "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv bw by bz ca cc cd cf cg ch " +
        "ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn " +
        "gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li " +
        "lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa " +
        "pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td " +
        "tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw " +
        "com org net edu gov mil int info biz name pro aero coop museum jobs mobi travel tel cat asia post xxx arpa " +
        "app dev page cloud online site website web store shop blog tech xyz club top icu live life news media email mail link work works " +
        "world today group team company business services solutions systems digital agency network studio design software technology " +
        "consulting finance financial bank insurance legal law health care clinic dental doctor hospital pharmacy school university " +
        "academy education training center foundation charity church community social forum chat wiki support help guide space one " +
        "london berlin paris amsterdam tokyo nyc madrid wien hamburg koeln bayern cologne barcelona africa swiss scot wales brussels " +
        "google amazon apple microsoft bmw audi sap siemens global international ltd gmbh inc llc plc sarl srl capital ventures partners " +
        "zone land house home homes property estate rent hotel restaurant cafe pizza beer wine food games game play fun photo photos " +
        "gallery art video audio music film tv radio press jetzt versicherung reise immo haus kaufen gratis moda tienda abogado " +
        "vip win bid trade loan money cash credit tax accountants market marketing events energy green eco bio farm garden solar " +
        "auto car cars taxi bike bio run fit yoga fashion jewelry luxury beauty hair skin baby kids family wedding dating love " +
        "example test invalid localhost local internal intranet corp lan home private onion alt xn--p1ai xn--fiqs8s xn--j6w193g";

    private static readonly FrozenSet<string> KnownTops =
        Known.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> KnownTopsBySpan =
        KnownTops.GetAlternateLookup<ReadOnlySpan<char>>();

    // Endings of files, which look like domains in code and logs (sprite@2x.png).
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> FileEndings = new[]
    {
        "png", "jpg", "jpeg", "gif", "svg", "webp", "ico", "css", "js", "ts", "tsx", "jsx", "json", "yaml", "yml", "xml", "html", "htm",
        "txt", "csv", "log", "pdf", "doc", "docx", "xls", "xlsx", "zip", "tar", "gz", "java", "cs", "cpp", "hpp", "rb", "go", "py", "sh",
        "exe", "dll", "so", "min", "map", "lock", "toml", "ini", "cfg", "conf", "bak", "tmp",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>
    /// The length of the host name at <paramref name="start"/>: up to its last known top-level domain, else to its last label when that
    /// consists of letters; 0 without one.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the name begins.</param>
    /// <param name="alive">True when the text ended before the name did.</param>
    /// <param name="isKnown">Whether its top-level domain is known.</param>
    public static int Match(ReadOnlySpan<char> text, int start, out bool alive, out bool isKnown)
    {
        alive = false;
        isKnown = false;
        var best = 0;
        var fallback = 0;
        var labels = 0;
        var labelStart = start;
        var i = start;
        for (; i <= text.Length && i - start <= MaxLength; i++)
        {
            var c = i < text.Length ? text[i] : '\0';
            if (LetterFolding.IsGlue(c) || c == '-')
            {
                continue;
            }

            var label = text[labelStart..i];
            if (i == text.Length)
            {
                alive = true;
            }

            if (label.Length is 0 or > MaxLabel || label[0] == '-' || label[^1] == '-')
            {
                break;
            }

            labels++;
            if (labels > 1 && KnownTopsBySpan.Contains(label))
            {
                best = i - start;
            }
            else if (labels > 1 && label.Length >= 2 && !label.ContainsAnyInRange('0', '9') && !FileEndings.Contains(label))
            {
                fallback = i - start;
            }

            if (c != '.')
            {
                break;
            }

            labelStart = i + 1;
        }

        isKnown = best > 0;
        return best > 0 ? best : fallback;
    }

    public static bool HasKnownTop(ReadOnlySpan<char> name) => KnownTopsBySpan.Contains(name[(name.LastIndexOf('.') + 1)..]);
}
