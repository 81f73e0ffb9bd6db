using System.Buffers;
using System.Runtime.CompilerServices;

namespace EdgeFilter.Detection.Normalization;

/// <summary>
/// Finds chains of single characters with the same separator between them, and marks the separators that stand among at least
/// six such characters. Three in a row of these must be ASCII letters or digits, or any four where separators are single.
/// Spaces may come in ones to threes: the narrowest
/// gap near by separates characters, wider ones words.
/// </summary>
internal ref struct SeparatorChains : IDisposable
{
    public const byte Removed = 1;
    public const byte RemovedBetweenKinds = 2;

    private const int Needed = 6;
    private const int MaxSeparator = 3;

    // Between figures these separate the columns of a table, so a chain with them needs a letter.
    private static readonly SearchValues<char> Tabular = SearchValues.Create(",;:\n\t");
    private static readonly SearchValues<char> Separators = SearchValues.Create(" .-_*|,/~+:;\n\t·•");

    private readonly ReadOnlySpan<char> text;
    private readonly bool isFinal;
    private readonly int from;
    private byte[] marks;
    private int markedFrom;

    // The last six elements of the chain that is being read.
    private Elements recent;
    private int count;

    public SeparatorChains(ReadOnlySpan<char> text, bool isFinal, int from)
    {
        this.text = text;
        this.isFinal = isFinal;
        this.from = from;
        marks = [];
        Cut = int.MaxValue;
    }

    /// <summary>Where the first separator stands whose fate is open.</summary>
    public int Cut { get; private set; }

    /// <summary>True when a separator between a letter and a figure was marked.</summary>
    public bool HasMixed { get; private set; }

    public readonly bool IsEmpty => marks.Length == 0 && Cut == int.MaxValue;

    public readonly byte MarkAt(int index) => marks.Length == 0 || index < markedFrom ? (byte)0 : marks[index - markedFrom];

    public static bool IsSeparator(char c) => Separators.Contains(c);

    /// <summary>True for a visible character that no letter or digit stands right before.</summary>
    public static bool IsSingle(ReadOnlySpan<char> text, int index) =>
        text[index] is > ' ' and < '\u007f' && (index == 0 || !char.IsLetterOrDigit(text[index - 1]));

    public void Find()
    {
        // Where a chain of each kind was last left: spaces, then separators of one to three characters.
        Span<int> next = stackalloc int[MaxSeparator + 1];
        next.Clear();
        for (var at = from; at < text.Length; at++)
        {
            if (!IsSingle(text, at) || (at + 1 < text.Length && !IsSeparator(text[at + 1])))
            {
                continue;
            }

            for (var length = 0; length <= MaxSeparator; length++)
            {
                if (at >= next[length])
                {
                    next[length] = Math.Max(at + 1, ReadChain(at, length));
                }
            }
        }
    }

    public void Dispose()
    {
        if (marks.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(marks);
            marks = [];
        }
    }

    /// <summary>Follows a chain from its first element and returns where its last one stands.</summary>
    private int ReadChain(int at, int separatorLength)
    {
        count = 0;
        Push(at);
        var first = at;
        while (true)
        {
            var next = Link(at, first, separatorLength);
            if (next == 0)
            {
                return at;
            }

            if (next < 0)
            {
                LeaveOpen(at);
                return at;
            }

            Push(next);
            at = next;
            if (count >= Needed)
            {
                MarkRecent(separatorLength);
            }
        }
    }

    private void Push(int element) => recent[count++ % Needed] = element;

    private readonly int Recent(int back) => recent[(count - 1 - back) % Needed];

    /// <summary>The next element, 0 when the chain ends here, -1 when the text to come decides.</summary>
    private readonly int Link(int at, int first, int separatorLength)
    {
        var open = isFinal ? 0 : -1;
        var length = separatorLength;
        if (length == 0)
        {
            while (at + 1 + length < text.Length && text[at + 1 + length] == ' ')
            {
                length++;
            }

            if (length > MaxSeparator || (length == 0 && at + 1 < text.Length))
            {
                return 0;
            }
        }

        var next = at + 1 + length;
        var separator = text[(at + 1)..Math.Min(next, text.Length)];
        if (separatorLength > 0 && !Continues(separator, first, separatorLength))
        {
            return 0;
        }

        if (next >= text.Length)
        {
            return open;
        }

        if (text[next] is <= ' ' or >= '\u007f'
            || (separatorLength > 1 && !(char.IsAsciiLetterOrDigit(text[at]) && char.IsAsciiLetterOrDigit(text[next])))
            || (separatorLength > 0 && !(char.IsAsciiLetterOrDigit(text[at]) || char.IsAsciiLetterOrDigit(text[next]))))
        {
            return 0;
        }

        if (next + 1 == text.Length)
        {
            return isFinal ? next : -1;
        }

        return char.IsLetterOrDigit(text[next + 1]) ? 0 : next;
    }

    // What is there of the separator agrees with the chain's first one and isn't made of spaces alone.
    private readonly bool Continues(ReadOnlySpan<char> separator, int first, int length)
    {
        var pattern = text[(first + 1)..Math.Min(first + 1 + length, text.Length)];
        return separator.SequenceEqual(pattern[..Math.Min(separator.Length, pattern.Length)])
            && !separator.ContainsAnyExcept(Separators)
            && (separator.Length < length || separator.ContainsAnyExcept(' '));
    }

    /// <summary>Marks the separators among the last six elements when those are enough to tell.</summary>
    private void MarkRecent(int separatorLength)
    {
        var inRow = 0;
        var words = 0;
        var widest = 0;
        var letters = false;
        var enough = false;
        var narrowest = int.MaxValue;
        for (var back = Needed - 1; back >= 0; back--)
        {
            var c = text[Recent(back)];
            inRow = char.IsAsciiLetterOrDigit(c) ? inRow + 1 : 0;
            words += inRow > 0 ? 1 : 0;
            enough |= inRow >= 3;
            letters |= char.IsAsciiLetter(c);
            if (back > 0)
            {
                narrowest = Math.Min(narrowest, Recent(back - 1) - Recent(back));
                widest = Math.Max(widest, Recent(back - 1) - Recent(back));
            }
        }

        enough |= words >= 4 && widest == 2;

        var tabular = separatorLength > 0 && text.Slice(Recent(1) + 1, separatorLength).ContainsAny(Tabular);
        if (!enough || (tabular && !letters))
        {
            return;
        }

        for (var back = Needed - 1; back > 0; back--)
        {
            var left = Recent(back);
            var right = Recent(back - 1);
            var mixed = char.IsAsciiDigit(text[left]) != char.IsAsciiDigit(text[right]);
            HasMixed |= mixed;

            // Of a wider gap one space stays.
            var keep = right - left > narrowest ? 1 : 0;
            for (var i = left + 1 + keep; i < right; i++)
            {
                Mark(i, mixed && keep == 0 ? RemovedBetweenKinds : Removed);
            }
        }
    }

    private void Mark(int index, byte mark)
    {
        if (marks.Length == 0)
        {
            marks = ArrayPool<byte>.Shared.Rent(text.Length - from);
            markedFrom = from;
            marks.AsSpan(0, text.Length - from).Clear();
        }

        marks[index - markedFrom] = mark;
    }

    /// <summary>The chain may go on in text to come: of its last separators, those not marked yet may be then.</summary>
    private void LeaveOpen(int at)
    {
        for (var back = Math.Min(count, Needed) - 1; back > 0; back--)
        {
            // Also a separator that was kept of a wider gap may still turn out to be among the narrowest, so any in reach is open.
            for (var i = Recent(back) + 1; i < Recent(back - 1); i++)
            {
                if (MarkAt(i) == 0)
                {
                    Cut = Math.Min(Cut, i);
                    return;
                }
            }
        }

        if (at + 1 < text.Length)
        {
            Cut = Math.Min(Cut, at + 1);
        }
    }

    [InlineArray(Needed)]
    private struct Elements
    {
        private int first;
    }
}
