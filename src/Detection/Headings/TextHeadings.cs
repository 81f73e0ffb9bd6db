using System.Buffers;

namespace EdgeFilter.Detection.Headings;

/// <summary>
/// What stands above a place of a text and says what it holds, however far above: the header of its column, the label of its list,
/// the key of its array. Not thread-safe.
/// </summary>
/// <remarks>
/// Read from left to right, and every answer follows from the text before alone: so streams and whole texts agree. A header, label
/// or key is kept up to <see cref="MaxLine"/> characters; how many lines follow does not matter.
/// </remarks>
internal sealed class TextHeadings
{
    /// <summary>The longest line that can be a header, and the longest prefix of a line that is kept.</summary>
    public const int MaxLine = 512;

    private const int MaxLabel = 80;
    private const string Delimiters = "\t|;,";
    private static readonly SearchValues<char> Telling = SearchValues.Create("\n\t|;,\"[]{}");
    private static readonly SearchValues<char> BeforeKey = SearchValues.Create("\"'`{,[ \t");
    private readonly char[] header = new char[MaxLine];
    private readonly char[] line = new char[MaxLine];
    private readonly char[] key = new char[MaxLabel];
    private readonly char[] label = new char[MaxLabel];

    // How often each delimiter stood in the line so far, outside quotes.
    private readonly int[] counts = new int[Delimiters.Length];
    private int headerLength;
    private int delimiter;
    private int columns;
    private int kept;
    private int lineLength;
    private bool isQuoted;
    private int keyLength;
    private int labelLength;
    private bool hasItems;

    /// <summary>Where no text has been read yet. Never fed.</summary>
    public static TextHeadings AtStart { get; } = new();

    /// <summary>Counts the headings, so that what was found out about one need not be found out again.</summary>
    public int Version { get; private set; }

    /// <summary>Whether a character may begin or end a cell, a line or an array.</summary>
    public static bool IsTelling(char c) => Telling.Contains(c);

    public void CopyFrom(TextHeadings other)
    {
        other.header.AsSpan(0, other.headerLength).CopyTo(header);
        other.line.AsSpan(0, other.kept).CopyTo(line);
        other.key.AsSpan(0, other.keyLength).CopyTo(key);
        other.label.AsSpan(0, other.labelLength).CopyTo(label);
        other.counts.CopyTo(counts, 0);
        (headerLength, delimiter, columns, kept, lineLength) = (other.headerLength, other.delimiter, other.columns, other.kept, other.lineLength);
        (isQuoted, keyLength, labelLength, hasItems) = (other.isQuoted, other.keyLength, other.labelLength, other.hasItems);
        Version++;
    }

    /// <summary>Reads on.</summary>
    public void Feed(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            var at = text.IndexOfAny(Telling);
            Keep(at < 0 ? text : text[..at]);
            if (at < 0)
            {
                return;
            }

            if (text[at] == '\n')
            {
                EndLine();
            }
            else
            {
                Mark(text[at]);
                Keep(text.Slice(at, 1));
            }

            text = text[(at + 1)..];
        }
    }

    /// <summary>The heading of a value that begins where reading stopped, or a little before.</summary>
    /// <param name="back">How many characters before; none of them <see cref="IsTelling"/>.</param>
    /// <param name="column">The column of a table, counted from 0; -1 for others.</param>
    /// <returns>The heading, empty without one.</returns>
    public ReadOnlySpan<char> Of(int back, out int column)
    {
        column = -1;
        if (keyLength > 0)
        {
            return key.AsSpan(0, keyLength);
        }

        if (headerLength > 0 && counts[delimiter] <= columns)
        {
            column = counts[delimiter];
            return Cell(header.AsSpan(0, headerLength), column);
        }

        return labelLength > 0 && lineLength < MaxLine && IsMarker(line.AsSpan(0, Math.Max(0, kept - back))) ? label.AsSpan(0, labelLength) : [];
    }

    /// <summary>Lengths only: the text belongs to whoever owns it.</summary>
    public override string ToString() => $"{headerLength} characters of header, {keyLength} of key, {labelLength} of label";

    private void Keep(ReadOnlySpan<char> text)
    {
        lineLength = Math.Min(MaxLine + 1, lineLength + Math.Min(text.Length, MaxLine + 1));
        text = text[..Math.Min(text.Length, MaxLine - kept)];
        text.CopyTo(line.AsSpan(kept));
        kept += text.Length;
    }

    private void Mark(char c)
    {
        if (c == '"')
        {
            isQuoted = !isQuoted;
        }
        else if (isQuoted)
        {
            return;
        }
        else if (c == '[')
        {
            BeginArray();
        }
        else if (c is ']' or '{' or '}')
        {
            keyLength = 0;
        }
        else
        {
            counts[Delimiters.IndexOf(c, StringComparison.Ordinal)]++;
        }
    }

    private void BeginArray()
    {
        var before = line.AsSpan(0, kept).TrimEnd();
        keyLength = 0;
        if (lineLength > MaxLine || before.IsEmpty || before[^1] is not (':' or '='))
        {
            return;
        }

        ReadOnlySpan<char> named = before[..^1].TrimEnd(" \"'`");
        named = named[(named.LastIndexOfAny(BeforeKey) + 1)..];
        named = named[Math.Max(0, named.Length - MaxLabel)..];
        named.CopyTo(key);
        keyLength = named.Length;
        Version++;
    }

    private void EndLine()
    {
        ReadOnlySpan<char> whole = line.AsSpan(0, kept);
        whole = whole.TrimEnd('\r');
        if (headerLength == 0 || counts[delimiter] != columns)
        {
            BeginTable(whole);
        }

        if (whole.TrimEnd() is [.., ':' or '：'] && lineLength <= MaxLine)
        {
            BeginList(whole.Trim());
        }
        else if (labelLength > 0 && !(IsItem(whole) || (whole.IsWhiteSpace() && !hasItems)))
        {
            labelLength = 0;
        }
        else
        {
            hasItems |= !whole.IsWhiteSpace();
        }

        kept = 0;
        lineLength = 0;
        isQuoted = false;
        counts.AsSpan().Clear();
    }

    /// <summary>A line with a delimiter that begins with a letter may be the header of a table.</summary>
    private void BeginTable(ReadOnlySpan<char> whole)
    {
        headerLength = 0;
        delimiter = Array.FindIndex(counts, c => c > 0);
        if (delimiter < 0 || lineLength > MaxLine || whole.TrimStart(" \"'|") is not [var first, ..] || !char.IsLetter(first))
        {
            delimiter = 0;
            return;
        }

        whole.CopyTo(header);
        headerLength = whole.Length;
        columns = counts[delimiter];
        Version++;
    }

    private void BeginList(ReadOnlySpan<char> whole)
    {
        whole = whole[Math.Max(0, whole.Length - MaxLabel)..];
        whole.CopyTo(label);
        labelLength = whole.Length;
        hasItems = false;
        Version++;
    }

    private ReadOnlySpan<char> Cell(ReadOnlySpan<char> row, int column)
    {
        var start = 0;
        var quoted = false;
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && row[i] == Delimiters[delimiter] && column-- == 0)
            {
                return Named(row[start..i]);
            }
            else if (!quoted && row[i] == Delimiters[delimiter])
            {
                start = i + 1;
            }
        }

        return Named(row[start..]);
    }

    private static ReadOnlySpan<char> Named(ReadOnlySpan<char> cell)
    {
        cell = cell.Trim(" \"'");
        return cell[..Math.Min(cell.Length, MaxLabel)];
    }

    /// <summary>Nothing but what items of a list begin with: a hyphen, a bullet, a number.</summary>
    private static bool IsMarker(ReadOnlySpan<char> before)
    {
        before = before.Trim(" \t\"'`");
        return before.IsEmpty || before is "-" or "*" or "•" or "+"
            || (before[^1] is '.' or ')' && before.Length <= 4 && !before[..^1].ContainsAnyExceptInRange('0', '9'));
    }

    private static bool IsItem(ReadOnlySpan<char> whole)
    {
        whole = whole.Trim();
        return whole is ['-' or '*' or '•' or '+', ..]
            || (whole.Length is > 0 and <= MaxLabel && (char.IsDigit(whole[0]) || whole[0] is '"' or '\'' || !whole.Contains(' ')));
    }
}
