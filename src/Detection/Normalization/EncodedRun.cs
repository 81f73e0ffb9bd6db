using System.Buffers;

namespace EdgeFilter.Detection.Normalization;

/// <summary>The digits of one encoded run, without the line breaks that wrap it, and where each stands.</summary>
internal ref struct EncodedRun : IDisposable
{
    private const int MaxPadding = 6;

    private readonly ViewSource source;
    private readonly int start;
    private readonly ReadOnlySpan<char> text;

    // Digits on one line are read where they stand; those of several lines are put together first.
    private ReadOnlySpan<char> digits;
    private char[] gathered;
    private int[] places;

    public EncodedRun(in ViewSource source, int start)
    {
        this.source = source;
        this.start = start;
        text = source.Text;
        gathered = [];
        places = [];
    }

    /// <summary>The digits, line breaks left out.</summary>
    public readonly ReadOnlySpan<char> Digits => digits;

    /// <summary>How many digits there are.</summary>
    public readonly int Length => digits.Length;

    /// <summary>Index in the source just behind the run.</summary>
    public int End { get; private set; }

    /// <summary>True when text to come may belong to it.</summary>
    public bool IsOpen { get; private set; }

    public void Gather(SearchValues<char> wanted, int minWrapped)
    {
        var at = start;
        while (true)
        {
            var rest = text[at..];
            var length = rest.IndexOfAnyExcept(wanted);
            length = length < 0 ? rest.Length : length;
            Append(at, length);
            End = at + length;
            if (End == text.Length)
            {
                IsOpen = !source.IsFinal;
                return;
            }

            if (length < minWrapped || text[End] is not ('\r' or '\n'))
            {
                // How much padding the last group has may not be known yet.
                IsOpen = !source.IsFinal && text[End] == '=' && End + Padding(End) == text.Length;
                return;
            }

            var next = text[End] == '\r' && End + 1 < text.Length && text[End + 1] == '\n' ? End + 2 : End + 1;
            if (next == text.Length)
            {
                IsOpen = !source.IsFinal;
                return;
            }

            if (!wanted.Contains(text[next]))
            {
                return;
            }

            at = next;
        }
    }

    /// <summary>Decodes some of the digits at every alignment.</summary>
    public readonly void Decode(DigitAlphabet alphabet, int from, int to, DecodedBytes bytes)
    {
        using var beginnings = new TextBeginnings(alphabet, digits[from..to]);

        // The map of a byte is the group of digits that it can't be taken out of alone.
        var open = IsOpen && to == Length;
        for (var alignment = 0; alignment < alphabet.Group; alignment++)
        {
            var first = from + alignment;
            if (to - first < alphabet.Group && !open)
            {
                break;
            }

            if (first == 0 && start > 0)
            {
                var prefixFrom = Math.Max(0, start - TextViewLimits.MaxPrefix);
                bytes.Begin(source, prefixFrom, start, source.IsStart && prefixFrom == 0);
            }
            else
            {
                bytes.Begin(isStart: from > 0 || start > 0 || source.IsStart, isRunStart: alignment == 0);
            }

            Decode(beginnings, from, first, to, open, bytes);
        }
    }

    /// <summary>Says that a short part at the end of an open run may still become long enough.</summary>
    public readonly void HoldIfOpen(DigitAlphabet alphabet, DecodedBytes bytes)
    {
        var from = Length;
        while (IsOpen && from > 0 && Length - from < alphabet.MinLength && alphabet.ValueOf(digits[from - 1]) >= 0)
        {
            from--;
        }

        if (from < Length && Length - from < alphabet.MinLength)
        {
            bytes.Hold(source.StartOf(PlaceOf(from)));
        }
    }

    public void Dispose()
    {
        if (gathered.Length > 0)
        {
            gathered.AsSpan(0, Length).Clear();
            ArrayPool<char>.Shared.Return(gathered);
            ArrayPool<int>.Shared.Return(places);
            digits = [];
            gathered = [];
            places = [];
        }
    }

    private readonly void Decode(in TextBeginnings beginnings, int from, int first, int to, bool open, DecodedBytes bytes)
    {
        var alphabet = beginnings.Alphabet;
        var group = alphabet.Group;
        var lastWhole = first + ((to - first) / group * group);
        var end = open ? lastWhole : to;
        for (var at = first; at < end; at += group)
        {
            // What began in the last group, which is not the first one, is given up where the digits behind show it to be too short.
            if (bytes.IsIdle
                || (at >= first + (2 * group) && bytes.HasTakenUpTo(group * alphabet.Bits / 8) && !beginnings.MayBegin(at - group - from, end - from)))
            {
                var next = from + beginnings.Next(at - from, end - from, isFirst: at == first);
                if (next > at)
                {
                    bytes.Resume(DigitSkip.PlainBytesBefore(alphabet, digits[first..next]));
                    at = next;
                }
            }

            var size = Math.Min(group, end - at);
            var behind = PlaceOf(at + size - 1);
            if (size < group)
            {
                behind += Padding(behind + 1);
            }

            DecodeGroup(alphabet, at, size, source.StartOf(PlaceOf(at)), source.EndOf(behind), bytes);
        }

        if (open && end < to)
        {
            bytes.Hold(source.StartOf(PlaceOf(end)));
        }

        bytes.End(open);
    }

    private readonly int PlaceOf(int index) => places.Length == 0 ? start + index : places[index];

    private readonly int Padding(int at)
    {
        var end = at;
        while (end < text.Length && end - at < MaxPadding && text[end] == '=')
        {
            end++;
        }

        return end - at;
    }

    private readonly void DecodeGroup(DigitAlphabet alphabet, int at, int size, int from, int to, DecodedBytes bytes)
    {
        ulong bits = 0;
        var telling = false;
        for (var i = 0; i < size; i++)
        {
            var digit = digits[at + i];
            telling |= char.IsAsciiDigit(digit) || char.IsAsciiLetterUpper(digit);
            bits = (bits << alphabet.Bits) | (uint)alphabet.ValueOf(digit);
        }

        for (var left = size * alphabet.Bits; left >= 8; left -= 8)
        {
            bytes.Take((int)(bits >> (left - 8)) & 0xFF, from, to, telling);
        }
    }

    private void Append(int at, int length)
    {
        if (digits.IsEmpty)
        {
            digits = text.Slice(at, length);
            return;
        }

        var before = Length;
        if (before + length > gathered.Length || before + length > places.Length)
        {
            Grow(before + length);
        }

        text.Slice(at, length).CopyTo(gathered.AsSpan(before));
        Count(places.AsSpan(before, length), at);
        digits = gathered.AsSpan(0, before + length);
    }

    private void Grow(int needed)
    {
        var size = Math.Max(needed, Length * 2);
        var more = ArrayPool<char>.Shared.Rent(size);
        var morePlaces = ArrayPool<int>.Shared.Rent(size);
        var length = Length;
        digits.CopyTo(more);
        if (places.Length == 0)
        {
            Count(morePlaces.AsSpan(0, length), start);
        }
        else
        {
            places.AsSpan(0, length).CopyTo(morePlaces);
        }

        Dispose();
        gathered = more;
        places = morePlaces;
        digits = gathered.AsSpan(0, length);
    }

    private static void Count(Span<int> numbers, int first)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = first + i;
        }
    }
}
