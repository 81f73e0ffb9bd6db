using System.Text;

namespace EdgeFilter.Proxy.Bodies;

/// <summary>
/// Walks the raw bytes of a name or string forward and says where a decoded UTF-16 index lies in them. It stops only between
/// characters: never inside an escape, a UTF-8 sequence or a surrogate pair.
/// </summary>
/// <param name="raw">All raw bytes of the name or string.</param>
/// <param name="isPlain">A backslash is a backslash: the text stands outside of JSON.</param>
/// <param name="atByte">Where to begin: what <see cref="Byte"/> of an earlier walk was; with <paramref name="atChar"/>.</param>
internal ref struct RawCursor(ReadOnlySpan<byte> raw, int atByte = 0, int atChar = 0, bool isPlain = false)
{
    private readonly ReadOnlySpan<byte> raw = raw;

    /// <summary>Bytes passed.</summary>
    public int Byte { get; private set; } = atByte;

    /// <summary>UTF-16 code units passed.</summary>
    public int Char { get; private set; } = atChar;

    /// <summary>Moves on to a decoded index; stays where it is when that is behind.</summary>
    /// <param name="index">Between two halves of a surrogate pair, it means the pair's beginning, or its end if <paramref name="roundUp"/>.</param>
    /// <returns>The byte offset in the raw bytes.</returns>
    public int MoveTo(int index, bool roundUp)
    {
        while (Char < index)
        {
            if (Byte >= raw.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(index), "The edit reaches beyond the text.");
            }

            var (bytes, chars) = Measure(index - Char);
            if (Char + chars > index && !roundUp)
            {
                break;
            }

            Byte += bytes;
            Char += chars;
        }

        return Byte;
    }

    // The next character, or as much of a run of plain ASCII as is wanted.
    private readonly (int Bytes, int Chars) Measure(int wanted)
    {
        var rest = raw[Byte..];
        if (rest[0] == '\\' && !isPlain)
        {
            var unit = JsonEscapes.DecodeOne(rest, out var length);
            return char.IsHighSurrogate(unit) ? (length + 6, 2) : (length, 1);
        }

        if (rest[0] < 0x80)
        {
            var window = rest[..Math.Min(wanted, rest.Length)];
            var stop = window.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            window = stop < 0 ? window : window[..stop];
            stop = isPlain ? -1 : window.IndexOf((byte)'\\');
            var run = stop < 0 ? window.Length : stop;
            return (run, run);
        }

        Rune.DecodeFromUtf8(rest, out var rune, out var consumed);
        return (consumed, rune.Utf16SequenceLength);
    }
}
