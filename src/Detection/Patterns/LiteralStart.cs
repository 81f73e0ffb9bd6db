using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeFilter.Detection.Patterns;

/// <summary>
/// Whether a text begins with a literal, regardless of case, four characters at a time: first those at its beginning, then those at its
/// end, in which most places differ that look like a literal from afar.
/// </summary>
internal readonly struct LiteralStart
{
    private const ulong NotAscii = 0xFF80_FF80_FF80_FF80;
    private const char LowerCase = '\x20';
    private const int Four = 4;
    private const int Two = 2;
    private readonly string literal;

    // Letters are compared in lower case: a bit is set in them, and in nothing else. A literal shorter than four characters is
    // compared two at a time.
    private readonly Part first;
    private readonly Part last;
    private readonly Part[] middle;

    /// <param name="literal">At least two characters.</param>
    public LiteralStart(string literal)
    {
        this.literal = literal;
        var width = literal.Length >= Four ? Four : Two;
        first = Part.Of(literal, 0, width);
        last = Part.Of(literal, literal.Length - width, width);
        middle = [.. Enumerable.Range(1, Math.Max(0, (literal.Length - 1) / Four - 1)).Select(i => Part.Of(literal, i * Four, Four))];
    }

    public bool Begins(ReadOnlySpan<char> text)
    {
        if (text.Length < literal.Length)
        {
            return false;
        }

        ref var start = ref MemoryMarshal.GetReference(text);
        if (literal.Length < Four)
        {
            var one = (ulong)Read<uint>(ref start, 0);
            var other = (ulong)Read<uint>(ref start, last.At);
            return ((one | other) & NotAscii) != 0 ? BeginsAnywise(text) : first.Is(one) && last.Is(other);
        }

        var beginning = Read<ulong>(ref start, 0);
        var end = Read<ulong>(ref start, last.At);
        if (((beginning | end) & NotAscii) != 0)
        {
            return BeginsAnywise(text);
        }

        if (!first.Is(beginning) || !last.Is(end))
        {
            return false;
        }

        foreach (ref readonly var part in middle.AsSpan())
        {
            var characters = Read<ulong>(ref start, part.At);
            if (!part.Is(characters))
            {
                return (characters & NotAscii) != 0 && BeginsAnywise(text);
            }
        }

        return true;
    }

    /// <summary>Some letters beyond ASCII count as one of ASCII in another case.</summary>
    private bool BeginsAnywise(ReadOnlySpan<char> text) => text.StartsWith(literal, StringComparison.OrdinalIgnoreCase);

    private static T Read<T>(ref char start, int at)
        where T : unmanaged => Unsafe.ReadUnaligned<T>(ref Unsafe.As<char, byte>(ref Unsafe.Add(ref start, at)));

    /// <summary>Some characters of the literal, packed.</summary>
    /// <param name="At">Where they stand.</param>
    /// <param name="Characters">Them, in lower case.</param>
    /// <param name="Letters">The bit of lower case in those that are letters.</param>
    private readonly record struct Part(int At, ulong Characters, ulong Letters)
    {
        public static Part Of(string literal, int at, int count)
        {
            Span<char> characters = stackalloc char[Four];
            Span<char> letters = stackalloc char[Four];
            characters.Clear();
            letters.Clear();
            for (var i = 0; i < count; i++)
            {
                var c = literal[at + i];
                letters[i] = char.IsAsciiLetter(c) ? LowerCase : '\0';
                characters[i] = (char)(c | letters[i]);
            }

            return count == Four
                ? new Part(at, Read<ulong>(ref characters[0], 0), Read<ulong>(ref letters[0], 0))
                : new Part(at, Read<uint>(ref characters[0], 0), Read<uint>(ref letters[0], 0));
        }

        public bool Is(ulong characters) => (characters | Letters) == Characters;
    }
}
