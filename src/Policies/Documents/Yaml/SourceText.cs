using System.Text;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Documents.Yaml;

/// <summary>From a file's bytes to its characters, refusing what readers of YAML would read differently.</summary>
internal static class SourceText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>The text without its byte order mark, or null when it was refused.</returns>
    public static string? Decode(ReadOnlySpan<byte> bytes, string file, ProblemList problems)
    {
        if (bytes.Length > YamlReader.LargestFile)
        {
            problems.Add(
                ProblemKinds.TooLarge,
                new SourcePlace(file, 1, 1),
                $"the file has {bytes.Length} bytes; at most {YamlReader.LargestFile} are read. Split it into several policies.");
            return null;
        }

        // With a byte order mark, or as plain letters with a zero before or behind each.
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])
            || (bytes.Length >= 4 && ((bytes[0] == 0 && bytes[2] == 0) != (bytes[1] == 0 && bytes[3] == 0))))
        {
            problems.Add(ProblemKinds.Encoding, new SourcePlace(file, 1, 1), "the file is UTF-16; save it as UTF-8.");
            return null;
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            bytes = bytes[3..];
        }

        var invalid = FirstInvalidByte(bytes);
        if (invalid >= 0)
        {
            var before = Encoding.UTF8.GetString(bytes[..invalid]);
            problems.Add(
                ProblemKinds.Encoding,
                PlaceAt(before, before.Length, file),
                $"the byte 0x{bytes[invalid]:X2} here is not valid UTF-8; save the file as UTF-8.");
            return null;
        }

        var text = Strict.GetString(bytes);
        return RefuseHiddenCharacters(text, file, problems) ? text : null;
    }

    /// <summary>The tab that indents a line near the place where reading ended, if there is one.</summary>
    /// <param name="text">The file.</param>
    /// <param name="line">Where reading ended, from 1.</param>
    /// <param name="anywhere">True when the parser speaks of a tab: it names where the mapping begins, not the tab.</param>
    public static (int Line, int Column)? IndentingTab(string text, int line, bool anywhere)
    {
        var lines = text.Split('\n');
        var first = Math.Max(1, line - 2);
        var last = Math.Min(lines.Length, anywhere ? lines.Length : line);
        for (var i = first; i <= last; i++)
        {
            var content = lines[i - 1].AsSpan();
            var indent = content[..^content.TrimStart(" \t").Length];
            if (indent.IndexOf('\t') is >= 0 and var tab)
            {
                return (i, tab + 1);
            }
        }

        return null;
    }

    /// <summary>The first line that version control has left where two changes met; null without one.</summary>
    public static int? MergeMark(string text)
    {
        var line = 0;
        foreach (var content in text.AsSpan().EnumerateLines())
        {
            line++;
            if (content.StartsWith("<<<<<<< ") || content.StartsWith(">>>>>>> "))
            {
                return line;
            }
        }

        return null;
    }

    private static int FirstInvalidByte(ReadOnlySpan<byte> bytes)
    {
        var offset = 0;
        while (offset < bytes.Length)
        {
            if (Rune.DecodeFromUtf8(bytes[offset..], out _, out var consumed) != System.Buffers.OperationStatus.Done)
            {
                return offset;
            }

            offset += consumed;
        }

        return -1;
    }

    // A NUL ends the file for some parsers, other line breaks add lines for some, and bidirectional controls show a reviewer
    // another text than the one that is read.
    private static bool RefuseHiddenCharacters(string text, string file, ProblemList problems)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var hidden = c < ' ' ? c is not ('\n' or '\r' or '\t') : c is '\u007F' or '\u0085' or '\u2028' or '\u2029' or '\uFEFF'
                or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
            if (hidden)
            {
                problems.Add(
                    ProblemKinds.HiddenCharacter,
                    PlaceAt(text, i, file),
                    $"the character U+{(int)c:X4} can't be seen and is not allowed; inside double quotes write it as \"\\u{(int)c:X4}\".");
                return false;
            }
        }

        return true;
    }

    private static SourcePlace PlaceAt(string text, int index, string file)
    {
        var before = text.AsSpan(0, index);
        return new SourcePlace(file, before.Count('\n') + 1, index - before.LastIndexOf('\n'));
    }
}
