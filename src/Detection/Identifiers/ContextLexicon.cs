using System.Collections.Frozen;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeFilter.Detection.Identifiers;

/// <summary>
/// The context words of a set of rules, as one trie: looked up at every place of a folded context at once. Immutable.
/// </summary>
/// <remarks>
/// Words are compared folded: lower case, without accents, everything but letters and digits a blank, a blank also where
/// camelCase has a hump. So <c>nationalId</c>, <c>national_id</c> and "National ID" are one word. Short words must stand alone,
/// middling ones may have an ending, long ones may be part of a compound, and words of scripts without blanks may stand anywhere.
/// Abbreviations that some language has as a word (<c>SIN</c>, <c>NIT</c>) count only in capitals or right before the value.
/// </remarks>
internal sealed class ContextLexicon
{
    // Abbreviations of identifiers that some language, or computing, has as a word. Those of two letters all are.
    private static readonly FrozenSet<string> Ambiguous = new[]
    {
        "sin", "fin", "pas", "ice", "run", "tie", "fan", "arc", "bin", "pan", "tin", "nit", "nie", "ein", "pis", "ine", "rut", "ide",
        "cie", "dui", "ami", "rua", "rue", "via", "tic", "nip", "rif", "rib", "cep", "pid", "lat", "lon", "exp", "nom", "ans", "nam",
        "sim", "nir", "del", "mac", "url", "oms", "dea", "bic", "mst", "hra", "gps", "ons", "pad", "ubn", "sms", "apt", "sus", "zip",
        "ban", "moms",
    }.ToFrozenSet(StringComparer.Ordinal);

    private const int Block = 64;

    private readonly WordTree<Word> tree = new();
    private readonly ulong[][] payloads;

    // Most places need no more than this.
    private readonly WordBeginnings beginnings = new();

    // Few lexicons have a word that begins with a digit, and columns of numbers are all digits.
    private char lowestBeginner = char.MaxValue;

    public ContextLexicon(IReadOnlyList<IReadOnlyList<string>> wordsOfRules)
    {
        BlockCount = (wordsOfRules.Count + 63) / 64;
        var made = new List<ulong[]>();
        for (var rule = 0; rule < wordsOfRules.Count; rule++)
        {
            foreach (var word in wordsOfRules[rule].SelectMany(ContextWord.Read))
            {
                Add(word, rule, made);
            }
        }

        tree.Freeze();
        payloads = [.. made];
    }

    /// <summary>How many blocks of 64 rules a set of rules takes.</summary>
    public int BlockCount { get; }

    /// <summary>Marks the rules that have a word in the context.</summary>
    public void Find(in ContextText context, Span<ulong> bits)
    {
        var sink = new Marking(this, bits);
        Scan(context, ref sink);
    }

    /// <summary>Lists the words of a stretch of text, in the order of their beginnings.</summary>
    /// <param name="stretch">The folded stretch.</param>
    /// <param name="offset">Where it begins; added to all places.</param>
    /// <param name="hits">Receives the words.</param>
    /// <returns>How many there are, which may be more than there was room for.</returns>
    public int Locate(in ContextText stretch, int offset, Span<ContextHit> hits)
    {
        var sink = new Listing(offset, hits);
        Scan(stretch, ref sink);
        return sink.Count;
    }

    /// <summary>Marks the rules of a word.</summary>
    public void Mark(int payload, Span<ulong> bits)
    {
        var rules = payloads[payload];
        for (var block = 0; block < rules.Length; block++)
        {
            bits[block] |= rules[block];
        }
    }

    private void Scan<TSink>(scoped in ContextText context, ref TSink sink)
        where TSink : struct, ISink, allows ref struct
    {
        // Between the boundaries at both ends.
        var text = context.Folded;
        var last = text.Length - 2;
        var isBlankBefore = text[0] == ' ' ? 1UL : 0;
        for (var at = 1; at <= last; at += Block)
        {
            var words = WordCharacters(text, at, out var beginners) & (last - at >= Block - 1 ? ulong.MaxValue : (1UL << (last - at + 1)) - 1);
            var starts = words & ((~words << 1) | isBlankBefore);
            isBlankBefore = ~words >> (Block - 1);
            words &= beginners;
            for (; words != 0; words &= words - 1)
            {
                var place = BitOperations.TrailingZeroCount(words);
                var isWordStart = starts >> place & 1;
                if (beginnings.Has(FourAt(text, at + place), isWordStart))
                {
                    Walk(context, at + place, isWordStart != 0, ref sink);
                }
            }
        }
    }

    /// <summary>A bit for each of sixty-four characters that is no blank; and for each of those with which words begin.</summary>
    private ulong WordCharacters(ReadOnlySpan<char> text, int at, out ulong beginners)
    {
        var words = 0UL;
        beginners = 0UL;
        var count = Math.Min(Block, text.Length - at);
        ref var first = ref Unsafe.As<char, ushort>(ref Unsafe.Add(ref MemoryMarshal.GetReference(text), at));
        var i = 0;
        for (; i + Vector256<ushort>.Count <= count; i += Vector256<ushort>.Count)
        {
            var characters = Vector256.LoadUnsafe(ref first, (nuint)i);
            var blanks = Vector256.Equals(characters, Vector256.Create((ushort)' '));
            words |= (ulong)(~blanks).ExtractMostSignificantBits() << i;
            beginners |= (ulong)Vector256.GreaterThanOrEqual(characters, Vector256.Create((ushort)lowestBeginner)).ExtractMostSignificantBits() << i;
        }

        for (; i < count; i++)
        {
            words |= text[at + i] != ' ' ? 1UL << i : 0;
            beginners |= text[at + i] >= lowestBeginner ? 1UL << i : 0;
        }

        return words;
    }

    /// <summary>Four characters as one number, the first in the lowest bits; zeros behind the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong FourAt(ReadOnlySpan<char> text, int at)
    {
        if ((uint)at + 4 <= (uint)text.Length)
        {
            var four = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<char, byte>(ref Unsafe.Add(ref MemoryMarshal.GetReference(text), at)));
            return BitConverter.IsLittleEndian ? four : LastOf(text.Slice(at, 4));
        }

        return LastOf(text[at..]);
    }

    private static ulong LastOf(ReadOnlySpan<char> text)
    {

        var four = 0UL;
        for (var i = text.Length - 1; i >= 0; i--)
        {
            four = (four << 16) | text[i];
        }

        return four;
    }

    private void Walk<TSink>(scoped in ContextText context, int start, bool isWordStart, ref TSink sink)
        where TSink : struct, ISink, allows ref struct
    {
        var text = context.Folded;
        var node = WordTree<Word>.Root;
        for (var at = start; at < text.Length; at++)
        {
            node = tree.Child(node, text[at]);
            if (node < 0)
            {
                return;
            }

            if (tree.ValueOf(node) is { } word && (isWordStart || !word.Context.NeedsStart)
                && (!word.Context.NeedsEnd || (at + 1 < text.Length && text[at + 1] == ' ')))
            {
                sink.Take(word, context, start, at + 1);
            }

            // Several blanks are as good as one.
            while (text[at] == ' ' && at + 1 < text.Length && text[at + 1] == ' ')
            {
                at++;
            }
        }
    }

    private void Add(ContextWord context, int rule, List<ulong[]> made)
    {
        var text = context.Folded;
        beginnings.Add(text, isInside: !context.NeedsStart);
        lowestBeginner = text[0] < lowestBeginner ? text[0] : lowestBeginner;

        var word = tree.GetOrAdd(text, () =>
        {
            made.Add(new ulong[BlockCount]);
            return new Word(made.Count - 1, context, context.NeedsStart && (text.Length == 2 || Ambiguous.Contains(text)));
        });
        made[word.Payload][rule / 64] |= 1UL << (rule % 64);
    }

    private interface ISink
    {
        void Take(Word word, scoped in ContextText context, int from, int to);
    }

    private readonly ref struct Marking(ContextLexicon lexicon, Span<ulong> bits) : ISink
    {
        private readonly Span<ulong> bits = bits;

        public void Take(Word word, scoped in ContextText context, int from, int to)
        {
            if (!word.IsAbbreviation || context.IsCapitals(from, to) || context.IsBeside(to - 1))
            {
                lexicon.Mark(word.Payload, bits);
            }
        }
    }

    private ref struct Listing(int offset, Span<ContextHit> hits) : ISink
    {
        private readonly Span<ContextHit> hits = hits;

        public int Count { get; private set; }

        public void Take(Word word, scoped in ContextText context, int from, int to)
        {
            if (Count < hits.Length)
            {
                var (start, end) = context.PlaceOf(from, to);
                hits[Count] = new ContextHit(offset + start, offset + end, word.Payload, word.IsAbbreviation && !context.IsCapitals(from, to));
            }

            Count++;
        }
    }

    /// <param name="Payload">Its rules, by number.</param>
    /// <param name="Context">The word.</param>
    /// <param name="IsAbbreviation">It counts only in capitals or right before a value.</param>
    private sealed record Word(int Payload, ContextWord Context, bool IsAbbreviation);
}
