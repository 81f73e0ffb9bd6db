using System.Globalization;

namespace EdgeFilter.Detection.Normalization;

/// <summary>Fills the two stages of <see cref="CharTable"/>.</summary>
internal sealed class CharTableBuilder
{
    private const string Folds = "EdgeFilter.Detection.Normalization.Tables.folds.txt";

    // Nothing with a shape, though Unicode files them under letters or marks: Hangul fillers, Khmer and Mongolian inherent vowels,
    // combining grapheme joiner.
    private static readonly int[] OtherInvisible =
        [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x3164, 0xFFA0];

    private static readonly int[] Dashes = [0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0x2043, 0xFE58, 0xFE63, 0x02D7, 0x30FC];

    // One-dot leader and the full stops of East Asian text.
    private static readonly int[] Stops = [0x2024, 0x3002, 0xFF61];

    private readonly Dictionary<int, (CharKind Kind, string Text)> special = [];

    public (CharKind[] Kinds, char[] Ascii) Build(byte[] pageOf, Dictionary<int, string> longer)
    {
        AddCategories();
        AddFolds();
        AddLookAlikes();

        // Page 0 is all plain; the others appear where something in them is not.
        var pages = special.Keys.Select(c => c >> 8).Distinct().Order().ToArray();
        var kinds = new CharKind[(pages.Length + 1) << 8];
        var ascii = new char[kinds.Length];
        for (var i = 0; i < pages.Length; i++)
        {
            pageOf[pages[i]] = checked((byte)(i + 1));
        }

        foreach (var (code, (kind, text)) in special)
        {
            var at = (pageOf[code >> 8] << 8) | (code & 0xFF);
            kinds[at] = kind;
            if (text.Length == 1)
            {
                ascii[at] = text[0];
            }
            else if (text.Length > 1)
            {
                longer[code] = text;
            }
        }

        return (kinds, ascii);
    }

    private void AddCategories()
    {
        for (var code = 0; code < 0x20000; code++)
        {
            if (code is >= 0xD800 and < 0xE000)
            {
                continue;
            }

            switch (CharUnicodeInfo.GetUnicodeCategory(code))
            {
                case UnicodeCategory.Format:
                    special[code] = (CharKind.Invisible, "");
                    break;
                case UnicodeCategory.Control when code is not ('\t' or '\n' or '\r' or '\v' or '\f' or 0x85):
                    special[code] = (CharKind.Invisible, "");
                    break;
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark:
                    special[code] = (CharKind.Mark, "");
                    break;
                case UnicodeCategory.DecimalDigitNumber when code >= 0x80:
                    special[code] = (CharKind.Fold, DigitOf(code));
                    break;
                case UnicodeCategory.SpaceSeparator when code != ' ':
                    special[code] = (CharKind.Space, " ");
                    break;
            }
        }

        for (var code = 0xE0000; code < 0xE0200; code++)
        {
            special[code] = (CharKind.Invisible, "");
        }

        for (var code = 0xFE00; code <= 0xFE0F; code++)
        {
            special[code] = (CharKind.Invisible, "");
        }

        foreach (var code in OtherInvisible)
        {
            special[code] = (CharKind.Invisible, "");
        }

        special[0x2800] = (CharKind.Space, " ");
    }

    private static string DigitOf(int code) =>
        ((char)('0' + CharUnicodeInfo.GetDecimalDigitValue(char.ConvertFromUtf32(code), 0))).ToString();

    private void AddFolds()
    {
        using var stream = typeof(CharTable).Assembly.GetManifestResourceStream(Folds)
            ?? throw new InvalidOperationException($"The resource {Folds} is missing from this build.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            var parts = line.Split(' ', 3);
            var first = int.Parse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            var count = int.Parse(parts[1], CultureInfo.InvariantCulture);
            var accented = parts[2].Length > 1 && parts[2][0] == '~';
            var text = accented ? parts[2][1..] : parts[2];
            for (var i = 0; i < count; i++)
            {
                var to = count == 1 ? text : ((char)(text[0] + i)).ToString();
                special[first + i] = (KindOfFold(to, accented), to);
            }
        }

        foreach (var dash in Dashes)
        {
            special[dash] = (CharKind.Dash, "-");
        }

        foreach (var stop in Stops)
        {
            special[stop] = (CharKind.Dash, ".");
        }
    }

    private static CharKind KindOfFold(string to, bool accented)
    {
        if (accented)
        {
            return CharKind.Accented;
        }

        return to.All(char.IsAsciiLetterOrDigit) ? CharKind.Fold : CharKind.Punctuation;
    }

    private void AddLookAlikes()
    {
        foreach (var row in LookAlikes.ByLetter)
        {
            foreach (var twin in row.AsSpan(1))
            {
                special.TryAdd(twin, (CharKind.LookAlike, row[..1]));
            }
        }

        foreach (var (first, letter, count) in LookAlikes.Tiles)
        {
            for (var i = 0; i < count; i++)
            {
                special[first + i] = (CharKind.Fold, ((char)(letter + i)).ToString());
            }
        }
    }
}
