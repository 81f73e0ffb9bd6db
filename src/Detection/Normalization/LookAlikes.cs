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
        "oоοօᴏσ", "pрρᴘ", "qԛզ", "rгʀᴦꭇ", "sѕꜱ", "tтτᴛ", "uυսᴜц", "vνѵᴠ", "wԝᴡωա", "xхχ", "yуүʏγ", "zᴢ",
        "DĐÐ", "dđð", "OØ", "oø", "lł", "LŁ", "hħ", "tŧ", "bƀ", "zƶ", "0߀", "3ЗӠƷ", "6б", "4Ч",
    ];

    /// <summary>Letters on black or blue tiles, which Unicode leaves unmapped: first code point, first letter, how many.</summary>
    public static readonly (int First, char Letter, int Count)[] Tiles =
    [
        (0x1F150, 'A', 26), (0x1F170, 'A', 26), (0x1F1E6, 'A', 26),
    ];
}
