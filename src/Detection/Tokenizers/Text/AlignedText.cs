using System.Text;

namespace EdgeFilter.Detection.Tokenizers.Text;

/// <summary>
/// A text on its way through normalisation: UTF-16 code units without lone surrogates, and for each the place in the original that
/// it stands for. Reused; not thread-safe.
/// </summary>
internal sealed class AlignedText
{
    private char[] units = new char[256];
    private int[] from = new int[256];
    private int[] to = new int[256];

    public int Length { get; private set; }

    public ReadOnlySpan<char> Units => units.AsSpan(0, Length);

    /// <summary>Where in the original the character at an index begins.</summary>
    public int From(int index) => from[index];

    /// <summary>Where in the original the character at an index ends.</summary>
    public int To(int index) => to[index];

    public void Clear() => Length = 0;

    /// <summary>Takes an original. Half a surrogate pair is read as U+FFFD, as every UTF-8 encoder writes it.</summary>
    public void Read(ReadOnlySpan<char> text)
    {
        Clear();
        Reserve(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                Append(text[i], i, i + 1);
            }
            else if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                Append(text[i], i, i + 2);
                Append(text[i + 1], i, i + 2);
                i++;
            }
            else
            {
                Append('\uFFFD', i, i + 1);
            }
        }
    }

    public void Append(Rune rune, int start, int end)
    {
        if (rune.IsBmp)
        {
            Append((char)rune.Value, start, end);
            return;
        }

        Span<char> pair = stackalloc char[2];
        rune.EncodeToUtf16(pair);
        Append(pair[0], start, end);
        Append(pair[1], start, end);
    }

    public void Append(char unit, int start, int end)
    {
        Reserve(1);
        units[Length] = unit;
        from[Length] = start;
        to[Length] = end;
        Length++;
    }

    /// <summary>Copies a part of another text, alignment included.</summary>
    public void Append(AlignedText other, int start, int end)
    {
        var count = end - start;
        Reserve(count);
        other.units.AsSpan(start, count).CopyTo(units.AsSpan(Length));
        other.from.AsSpan(start, count).CopyTo(from.AsSpan(Length));
        other.to.AsSpan(start, count).CopyTo(to.AsSpan(Length));
        Length += count;
    }

    private void Reserve(int more)
    {
        if (Length + more > units.Length)
        {
            var size = Math.Max(Length + more, units.Length * 2);
            Array.Resize(ref units, size);
            Array.Resize(ref from, size);
            Array.Resize(ref to, size);
        }
    }
}
