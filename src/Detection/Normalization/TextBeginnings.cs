using System.Buffers;
using System.Numerics;

namespace EdgeFilter.Detection.Normalization;

/// <summary>
/// Where in a run of digits a text may begin, at every alignment at once. Sixty-four digits become bit masks: which bytes that begin at
/// a digit a text can hold behind those before it. A text needs so many in a row that of other data hardly any place is left. Decoding from these places on gives what it would have given from the first digit on.
/// </summary>
/// <remarks>
/// A bit stands where the digits end that show it, so that only what came before is asked for; <see cref="Next"/> counts back to the group
/// in which the text would begin. That group may hold other bytes before the text: only its last byte is looked at.
/// </remarks>
internal readonly ref struct TextBeginnings : IDisposable
{
    // Shorter runs are looked at group by group.
    private const int MinLength = 96;

    private const int Block = 64;
    private const int Chunk = 512;

    // What the last bytes of a chunk need, and what loads of whole vectors read beyond.
    private const int Ahead = 64;

    private readonly ReadOnlySpan<char> digits;
    private readonly ulong[] ends;
    private readonly ulong aligned;
    private readonly int back;

    public TextBeginnings(DigitAlphabet alphabet, ReadOnlySpan<char> digits)
    {
        Alphabet = alphabet;
        this.digits = digits;
        ends = [];
        if (digits.Length < MinLength)
        {
            return;
        }

        (aligned, back) = alphabet.Bits switch
        {
            6 => (0x1111_1111_1111_1111UL, GroupChain.OfBase64),
            5 => (0x0101_0101_0101_0101UL, GroupChain.OfBase32),
            _ => (0x5555_5555_5555_5555UL, GroupChain.OfHexadecimal),
        };
        ends = ArrayPool<ulong>.Shared.Rent((digits.Length + Block - 1) / Block);
        Fill();
    }

    public DigitAlphabet Alphabet { get; }

    /// <summary>The first group, from the one at an index on, in which a text may begin. It may turn out not to.</summary>
    /// <param name="at">Where the group begins.</param>
    /// <param name="end">Where the groups of its alignment end.</param>
    /// <param name="isFirst">Whether no digits stand before it.</param>
    public int Next(int at, int end, bool isFirst)
    {
        var last = end - back - (2 * Alphabet.Group);
        if (ends.Length > 0 && at <= last)
        {
            // No group stands before the first that could show it. The group before is decoded too: the text's first byte may be the
            // second of another one, and then a zero behind it means nothing.
            var next = isFirst ? at : Next(at, last);
            if (next <= last)
            {
                return Math.Max(at, next - Alphabet.Group);
            }

            at = next;
        }

        return DigitSkip.Next(Alphabet, digits[..end], at);
    }

    public void Dispose()
    {
        if (ends.Length > 0)
        {
            ArrayPool<ulong>.Shared.Return(ends);
        }
    }

    /// <summary>Whether a text that began in a group may be long enough to be one.</summary>
    /// <param name="group">Where the group begins; not the first one of its alignment.</param>
    /// <param name="end">Where the groups of its alignment end.</param>
    public bool MayBegin(int group, int end) => ends.Length == 0 || group > end - back - (2 * Alphabet.Group)
        || (ends[(group + back) / Block] >> ((group + back) % Block) & 1) != 0;

    /// <summary>The first group up to an index in which a text may begin, or the one behind.</summary>
    private int Next(int at, int last)
    {
        var groups = aligned << (at % Alphabet.Group);
        var end = last + back;
        var word = (at + back) / Block;
        var left = ends[word] & groups & (ulong.MaxValue << ((at + back) % Block));
        while (left == 0 && (word + 1) * Block <= end)
        {
            left = ends[++word] & groups;
        }

        var behind = last + Alphabet.Group - ((last - at) % Alphabet.Group);
        return left == 0 ? behind : Math.Min(behind, (word * Block) + BitOperations.TrailingZeroCount(left) - back);
    }

    private void Fill()
    {
        Span<byte> values = stackalloc byte[Chunk + Ahead];
        var chain = default(GroupChain);
        for (var at = 0; at < digits.Length; at += Chunk)
        {
            DigitValues.Write(Alphabet, digits[at..Math.Min(digits.Length, at + Chunk + Ahead)], values);
            var count = Math.Min(Chunk, digits.Length - at);
            for (var i = 0; i < count; i += Block)
            {
                ends[(at + i) / Block] = Alphabet.Bits switch
                {
                    6 => chain.AddBase64(ref values[i]),
                    5 => chain.AddBase32(ref values[i]),
                    _ => chain.AddHexadecimal(ref values[i]),
                };
            }
        }
    }
}
