using System.Text;

namespace EdgeFilter.Detection.Tests.Tokenizers;

/// <summary>Texts that tokenizers disagree about: forty scripts, emoji, marks, control characters, broken pairs.</summary>
internal static class Corpus
{
    private static readonly (string Script, int First, int Last)[] Scripts =
    [
        ("Latin", 0x41, 0x7A), ("Latin-1", 0xC0, 0xFF), ("Latin Extended", 0x100, 0x24F), ("IPA", 0x250, 0x2AF), ("Greek", 0x370, 0x3FF),
        ("Greek Extended", 0x1F00, 0x1FFF), ("Cyrillic", 0x400, 0x4FF), ("Armenian", 0x531, 0x587), ("Hebrew", 0x591, 0x5F4),
        ("Arabic", 0x600, 0x6FF), ("Syriac", 0x700, 0x74F), ("Thaana", 0x780, 0x7B1), ("NKo", 0x7C0, 0x7FA), ("Devanagari", 0x900, 0x97F),
        ("Bengali", 0x980, 0x9FE), ("Gurmukhi", 0xA01, 0xA76), ("Gujarati", 0xA81, 0xAF1), ("Oriya", 0xB01, 0xB77), ("Tamil", 0xB82, 0xBFA),
        ("Telugu", 0xC00, 0xC7F), ("Kannada", 0xC80, 0xCF2), ("Malayalam", 0xD00, 0xD7F), ("Sinhala", 0xD82, 0xDF4), ("Thai", 0xE01, 0xE5B),
        ("Lao", 0xE81, 0xEDF), ("Tibetan", 0xF00, 0xFDA), ("Myanmar", 0x1000, 0x109F), ("Georgian", 0x10A0, 0x10FF), ("Jamo", 0x1100, 0x11FF),
        ("Ethiopic", 0x1200, 0x137C), ("Cherokee", 0x13A0, 0x13FD), ("Canadian", 0x1401, 0x167F), ("Ogham", 0x1680, 0x169C), ("Runic", 0x16A0, 0x16F8),
        ("Khmer", 0x1780, 0x17F9), ("Mongolian", 0x1800, 0x18AA), ("Kana", 0x3041, 0x30FF), ("Bopomofo", 0x3105, 0x312F), ("Han", 0x4E00, 0x9FFF),
        ("Yi", 0xA000, 0xA48C), ("Vai", 0xA500, 0xA62B), ("Hangul", 0xAC00, 0xD7A3), ("Compatibility", 0xF900, 0xFAD9), ("Forms", 0xFB00, 0xFDFF),
        ("Half width", 0xFF01, 0xFFEF), ("Gothic", 0x10330, 0x1034A), ("Deseret", 0x10400, 0x1044F), ("Brahmi", 0x11000, 0x1106F),
        ("Cuneiform", 0x12000, 0x12399), ("Mathematical", 0x1D400, 0x1D7FF), ("Adlam", 0x1E900, 0x1E959), ("Emoji", 0x1F300, 0x1F64F),
        ("Rare Han", 0x20000, 0x2A6DF), ("Symbols", 0x2000, 0x27BF), ("Enclosed", 0x2460, 0x24FF), ("Marks", 0x300, 0x36F),
    ];

    private static readonly string[] Curious =
    [
        "",
        " ",
        "   \t\n\r\n  ",
        "Hello world",
        "  leading and trailing  ",
        "The quick brown fox can't jump over the LAZY dogs; it's they'll we've I'd 'tis 'S 'LL 12345 1,234.56 €50",
        "a\tb\nc\rd\r\ne\ff\vg\u0085h\u00A0i\u2028j\u2029k\u3000l\u200Bm\uFEFFn\u00ADo\u200Cp\u200Dq\u2060r\u180Es",
        "\0nul \u0001\u0008\u001B[31mred\u007F\u009F \uFFFD \uFFFE \uFFFF",
        "e\u0301\u0323 \u1EC7 \u00EA\u0323 a\u0327\u0300\u0315\u0301 q\u0307\u0323 \u212B \u2126 \uFB01nd \uFB03 ½ ① ﷺ ﷻ",
        "İstanbul ıI ẞß ΣΑΣ ς ǅ ﬀ K ſt",
        "각 가\u11A8 \u1100\u1161\u11A8 힣 \u1112\u1175\u11C2",
        "你好，世界。中文abc日本語カタカナｶﾀｶﾅ ｶﾞ 한국어",
        "👍🏽 👨‍👩‍👧‍👦 🇩🇪🇫🇷 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 😀😃😄 1️⃣ ☎︎",
        "broken \uD83D and \uDE00 pairs \uD83D\uD83D\uDE00\uDE00 end\uD800",
        "[CLS] in the text [SEP] [MASK]x x[MASK] <s></s><mask> <unk> <pad>  <mask>  end [UNK]",
        "special<tag>in<tag >text <TAG> Tag tag<tag><tag>",
        "added-word addedword ADDED word, added word. xadded word added wordx",
        "https://example.com/a?b=c&d=e#f user@example.com C++ C# .NET __init__ foo_bar-baz $x=1;",
        "---- ==== .... !!!??? ((([[[{{{ ```` '' \"\" «» “” ‘’ ‚„ … — –",
        "ÀÈÌÒÙ àèìòù ÄÖÜäöü ñ ç å ø Ł ł đ Ð þ ŋ",
        "ก็ ที่ กำ ແລ້ວ မြန်မာ ភាសាខ្មែរ हिन्दी தமிழ் తెలుగు ಕನ್ನಡ മലയാളം සිංහල বাংলা ગુજરાતી ਪੰਜਾਬੀ",
        "العربيّة فارسی اردو עִבְרִית ܠܫܢܐ ދިވެހި",
        "Z̸̡̛̤͔̯̼͉̝̗͐̈́͌͛ͅͅa̷l̴g̶o̵ a\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0316\u0301\u0301",
        "▁meta▁space ▁ ▁▁ Ġbyte Ċ ##piece </w> <0x41> <0x0A>",
        "𝐇𝐞𝐥𝐥𝐨 𝓦𝓸𝓻𝓵𝓭 𝟏𝟐𝟑 ℌ 𝕏 ⅷ ⅻ Ⅷ ² ³ ¼ ٣ ९ 一二三",
        "tab\t\ttab   three    four     five\n\n\nlines   \n  end",
    ];

    /// <summary>All texts, the same each time.</summary>
    public static string[] Texts(int seed, int random)
    {
        var dice = new Random(seed);
        var texts = new List<string>(Curious);
        foreach (var (_, first, last) in Scripts)
        {
            texts.Add(Words(dice, first, last, 10));
        }

        texts.Add(string.Concat(Enumerable.Repeat("word", 60)));
        texts.Add(new string(' ', 300));
        texts.Add(string.Concat(Enumerable.Repeat("e\u0301", 80)));
        for (var i = 0; i < random; i++)
        {
            texts.Add(Mixed(dice));
        }

        return [.. texts];
    }

    private static string Words(Random dice, int first, int last, int count)
    {
        var text = new StringBuilder();
        for (var word = 0; word < count; word++)
        {
            for (var length = dice.Next(1, 9); length > 0; length--)
            {
                text.Append(new Rune(dice.Next(first, last + 1)));
            }

            text.Append(" ,.\n"[dice.Next(4)]).Append(' ');
        }

        return text.ToString();
    }

    /// <summary>Parts of curious texts and of scripts, cut anywhere, halves of pairs included.</summary>
    private static string Mixed(Random dice)
    {
        var text = new StringBuilder();
        for (var parts = dice.Next(1, 7); parts > 0; parts--)
        {
            var source = dice.Next(3) > 0 ? Curious[dice.Next(Curious.Length)] : Script(dice);
            var start = dice.Next(source.Length + 1);
            text.Append(source.AsSpan(start, Math.Min(dice.Next(12), source.Length - start)));
        }

        return text.ToString();
    }

    private static string Script(Random dice)
    {
        var (_, first, last) = Scripts[dice.Next(Scripts.Length)];
        return Words(dice, first, last, 2);
    }
}
