using System.Buffers;
using System.Text;

namespace EdgeFilter.Proxy.Bodies;

/// <content>Strings, numbers and words: each of these moves on behind what it has read, or says why it can't.</content>
internal ref partial struct JsonReader
{
    private static readonly SearchValues<byte> StringStops = SearchValues.Create(
        [(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(b => (byte)b)]);

    private BodyProblem? ScanString(out int start, out int length, out bool escaped)
    {
        start = ++at;
        length = 0;
        escaped = false;
        while (true)
        {
            var run = data[at..].IndexOfAny(StringStops);
            if (run < 0)
            {
                return BodyProblem.Syntax(data.Length);
            }

            at += run;
            switch (data[at])
            {
                case (byte)'"':
                    length = at++ - start;
                    return null;
                case (byte)'\\':
                    escaped = true;
                    if (ScanEscape(start) is { } problem)
                    {
                        return problem;
                    }

                    break;
                default:
                    return BodyProblem.Syntax(at);
            }
        }
    }

    private BodyProblem? ScanEscape(int stringStart)
    {
        if (at + 1 >= data.Length)
        {
            return BodyProblem.Syntax(at);
        }

        if (data[at + 1] != 'u')
        {
            var known = data[at + 1] is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t';
            at += 2;
            return known ? null : BodyProblem.Syntax(at - 2);
        }

        if (!TryUnit(at, out var unit))
        {
            return BodyProblem.Syntax(at);
        }

        if (char.IsLowSurrogate(unit) && !(limits.AllowHalfPairs && at == stringStart))
        {
            return BodyProblem.LoneSurrogate(at);
        }

        if (char.IsHighSurrogate(unit) && !(limits.AllowHalfPairs && at + 6 < data.Length && data[at + 6] == '"'))
        {
            if (!TryUnit(at + 6, out var second) || !char.IsLowSurrogate(second))
            {
                return BodyProblem.LoneSurrogate(at);
            }

            at += 6;
        }

        at += 6;
        return null;
    }

    private readonly bool TryUnit(int from, out char unit)
    {
        unit = default;
        return from + 6 <= data.Length && data[from] == '\\' && data[from + 1] == 'u' && JsonEscapes.TryHex(data.Slice(from + 2, 4), out unit);
    }

    private BodyProblem? ScanWord(ReadOnlySpan<byte> word)
    {
        if (!data[at..].StartsWith(word))
        {
            return BodyProblem.Syntax(at);
        }

        at += word.Length;
        return null;
    }

    private BodyProblem? ScanNumber()
    {
        var start = at;
        if (Peek() == '-')
        {
            at++;
        }

        if (Peek() == '0')
        {
            at++;
        }
        else if (!ScanDigits())
        {
            return BodyProblem.Syntax(at);
        }

        if (Peek() == '.')
        {
            at++;
            if (!ScanDigits())
            {
                return BodyProblem.Syntax(at);
            }
        }

        if ((Peek() | 0x20) == 'e')
        {
            at++;
            if (Peek() is '+' or '-')
            {
                at++;
            }

            if (!ScanDigits())
            {
                return BodyProblem.Syntax(at);
            }
        }

        return at - start > limits.MaxNumberLength ? BodyProblem.NumberTooLong(start, limits.MaxNumberLength) : null;
    }

    private readonly int Peek() => at < data.Length ? data[at] : -1;

    private bool ScanDigits()
    {
        var run = data[at..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        run = run < 0 ? data.Length - at : run;
        at += run;
        return run > 0;
    }

    private void SkipSpace()
    {
        while (at < data.Length && data[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }
    }

    private static int FirstInvalidByte(ReadOnlySpan<byte> data)
    {
        var offset = 0;
        while (Rune.DecodeFromUtf8(data[offset..], out _, out var length) == OperationStatus.Done)
        {
            offset += length;
        }

        return offset;
    }
}
