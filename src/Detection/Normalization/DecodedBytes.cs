namespace EdgeFilter.Detection.Normalization;

/// <summary>
/// Takes decoded bytes one by one and hands on the stretches that are text, printable ASCII or well-formed UTF-8, or ASCII in UTF-16: at least
/// <see cref="TextViewLimits.MinDecoded"/> bytes where the whole run is text, twice as many with other data around them. Chance
/// makes a picture readable for a few bytes, hardly ever for so many.
/// </summary>
internal sealed class DecodedBytes(ViewText fragment, IFragmentSink sink)
{
    // Bytes without a capital or figure in what encodes them: words of prose, not an encoding.
    public const int MaxPlainBytes = 12;
    private const int MinAmongOther = 2 * TextViewLimits.MinDecoded;

    private int bytes;
    private int taken;
    private int plainBytes;
    private bool telling;
    private bool isWhole;

    // A UTF-8 character that is not complete.
    private int awaited;
    private int codePoint;
    private int least;
    private int start;
    private int prefix;

    // Whether every other byte is zero, as in UTF-16.
    private Width width;
    private bool isFirst;

    private enum Width
    {
        Unknown,
        Narrow,
        ZeroIsNext,
        CharacterIsNext,
    }

    /// <summary>True when the next byte would begin a stretch: bytes that can't belong to one may be left out.</summary>
    public bool IsIdle => bytes == 0 && prefix == 0 && fragment.IsStart;

    /// <summary>True when a stretch has begun, and no more than so many bytes ago.</summary>
    public bool HasTakenUpTo(int count) => taken > 0 && taken <= count;

    /// <summary>Forgets what was read, and says how many bytes without a capital or figure stand before the next one, some of which were left out.</summary>
    public void Resume(int plain)
    {
        Break();
        plainBytes = plain;
        isWhole = false;
    }

    /// <summary>Begins with a text that isn't decoded but stands right before.</summary>
    public void Begin(in ViewSource source, int prefixFrom, int prefixTo, bool isStart)
    {
        Begin(isStart, isRunStart: true);
        fragment.Append(source, prefixFrom, prefixTo);
        fragment.PrefixLength = prefix = prefixTo - prefixFrom;
    }

    /// <summary>Begins where nothing readable stands before.</summary>
    /// <param name="isStart">Whether the text that is read may begin here.</param>
    /// <param name="isRunStart">Whether the encoded run begins here.</param>
    public void Begin(bool isStart, bool isRunStart)
    {
        Reset(isStart);
        plainBytes = 0;
        isWhole = isRunStart;
        isFirst = true;
    }

    /// <summary>Takes a byte.</summary>
    /// <param name="value">The byte.</param>
    /// <param name="from">Where in the original begins what encodes it.</param>
    /// <param name="to">Where that ends.</param>
    /// <param name="isTelling">Whether a capital or a figure is part of what encodes it.</param>
    public void Take(int value, int from, int to, bool isTelling)
    {
        plainBytes = isTelling ? 0 : plainBytes + 1;
        if (plainBytes > MaxPlainBytes)
        {
            Break();
            return;
        }

        if (awaited > 0)
        {
            if (value is >= 0x80 and < 0xC0)
            {
                Count(isTelling);
                codePoint = (codePoint << 6) | (value & 0x3F);
                if (--awaited == 0)
                {
                    Complete(to);
                }

                return;
            }

            Break();
        }

        var wasFirst = isFirst;
        isFirst = false;
        if (value == 0)
        {
            TakeZero(to, wasFirst);
            return;
        }

        if (width == Width.ZeroIsNext || (width == Width.CharacterIsNext && value >= 0x80))
        {
            Break();
        }

        if (value is (>= ' ' and < 0x7F) or '\t' or '\n' or '\r')
        {
            Count(isTelling);
            fragment.Append((char)value, from, to);
            width = width == Width.CharacterIsNext ? Width.ZeroIsNext : bytes == 1 ? Width.Unknown : Width.Narrow;
        }
        else if (value is >= 0xC2 and < 0xF5)
        {
            Count(isTelling);
            (awaited, codePoint, least) = value switch
            {
                < 0xE0 => (1, value & 0x1F, 0xA0),
                < 0xF0 => (2, value & 0x0F, 0x800),
                _ => (3, value & 0x07, 0x10000),
            };
            start = from;
            width = Width.Narrow;
        }
        else
        {
            Break();
        }
    }

    /// <summary>A zero behind each character is how UTF-16 writes ASCII; the first of a run may be one before the first character.</summary>
    private void TakeZero(int to, bool isFirstOfRun)
    {
        if (width == Width.ZeroIsNext || (width == Width.Unknown && bytes == 1))
        {
            width = Width.CharacterIsNext;
            taken++;
            fragment.ExtendLast(to);
        }
        else if (!isFirstOfRun)
        {
            Break();
        }
    }

    /// <summary>Says that what begins at this original offset may still become readable.</summary>
    public void Hold(int original) => sink.Hold(original);

    /// <summary>Says that the data ends here, or, when <paramref name="open"/>, that more may come.</summary>
    public void End(bool open)
    {
        if (!open)
        {
            Finish(isWhole && awaited == 0 ? TextViewLimits.MinDecoded : MinAmongOther);
            return;
        }

        if (awaited > 0)
        {
            sink.Hold(start);
        }

        if (bytes >= MinAmongOther && telling)
        {
            fragment.IsFinal = false;
            sink.Judge(fragment);
        }
        else if (fragment.Length > prefix)
        {
            sink.Hold(fragment.Starts[prefix]);
        }

        Reset(isStart: true);
    }

    private void Count(bool isTelling)
    {
        bytes++;
        taken++;
        telling |= isTelling;
    }

    private void Complete(int to)
    {
        var valid = codePoint >= least && codePoint <= 0x10FFFF && codePoint is < 0xD800 or > 0xDFFF;
        if (!valid)
        {
            Break();
            return;
        }

        if (codePoint < 0x10000)
        {
            fragment.Append((char)codePoint, start, to);
        }
        else
        {
            fragment.Append((char)(0xD7C0 + (codePoint >> 10)), start, to);
            fragment.Append((char)(0xDC00 + (codePoint & 0x3FF)), start, to);
        }
    }

    /// <summary>Something that is no text ends this stretch.</summary>
    private void Break()
    {
        Finish(MinAmongOther);
        isWhole = false;
    }

    private void Finish(int needed)
    {
        if (bytes >= needed && telling && fragment.Length > prefix)
        {
            fragment.IsFinal = true;
            sink.Judge(fragment);
        }

        if (bytes > 0 || prefix > 0 || !fragment.IsStart)
        {
            Reset(isStart: true);
        }

        awaited = 0;
    }

    private void Reset(bool isStart)
    {
        fragment.Clear();
        fragment.IsStart = isStart;
        fragment.IsFinal = true;
        fragment.PrefixLength = 0;
        bytes = 0;
        taken = 0;
        telling = false;
        awaited = 0;
        prefix = 0;
        width = Width.Unknown;
    }
}
