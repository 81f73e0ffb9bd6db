namespace EdgeFilter.Detection.Normalization;

/// <summary>
/// Letters of other alphabets, and phonetic or small-capital ones, that are drawn like a Latin letter. Drawn up by eye from the
/// code charts; what Unicode itself maps to ASCII is in <c>Tables/folds.txt</c>.
/// </summary>
internal static class LookAlikes
{
    /// <summary>A Latin letter, then what looks like it.</summary>
    public static readonly string[] ByLetter =
    [
        "AАΑᎪᗅꓮ", "BВΒᏴᗷꓐ", "CСϹᏟꓚ", "DᎠᗞꓓ", "EЕΕᎬꓰ", "FϜᖴꓝ", "GԌᏀꓖ", "HНΗᎻᕼꓧ", "IІΙӀᏆꓲ", "JЈᎫᒍꓙ", "KКΚᏦꓗ", "LᏞᒪꓡ", "MМΜᎷᗰꓟ",
        "NΝꓠ", "OОΟՕꓳ", "PРΡᏢᑭꓑ", "QԚ", "RᎡᏒᖇꓣ", "SЅՏᏚꓢ", "TТΤᎢꓔ", "UՍᑌꓴ", "VѴᏙᐯꓦ", "WԜᎳᏔꓪ", "XХΧ᙭ꓫ", "YҮΥϒꓬ", "ZΖᏃꓜ",
        "aаαɑᴀ", "bЬʙᏼƄ", "cсϲᴄᥴ", "dԁᴅɗ", "eеҽєᴇε", "fꜰƒ", "gɡɢց", "hһʜհ", "iіιıɪɩ", "jјᴊϳ", "kкκᴋ", "lӏʟǀ", "mмᴍ", "nոɴпη",
        "oоοօᴏσ", "pрρᴘ", "qԛզꞯ", "rгʀᴦꭇ", "sѕꜱ", "tтτᴛ", "uυսᴜц", "vνѵᴠ", "wԝᴡωա", "xхχ", "yуүʏγ", "zᴢ",
        "DĐÐ", "dđð", "OØ", "oø", "lł", "LŁ", "hħ", "tŧ", "bƀ", "zƶ", "0߀", "3ЗӠƷ", "6б", "4Ч",
    ];

    /// <summary>
    /// Letters and figures on tiles, on discs, in brackets or with a full stop, which Unicode leaves unmapped or maps with the brackets:
    /// first code point, first letter, how many.
    /// </summary>
    public static readonly (int First, char Letter, int Count)[] Tiles =
    [
        (0x1F150, 'A', 26), (0x1F170, 'A', 26), (0x1F1E6, 'A', 26),
        (0x2776, '1', 9), (0x2780, '1', 9), (0x278A, '1', 9), (0x24F5, '1', 9), (0x24FF, '0', 1), (0x2474, '1', 9), (0x249C, 'a', 26),
        (0x2488, '1', 9), (0x1F100, '0', 1),
    ];
}
