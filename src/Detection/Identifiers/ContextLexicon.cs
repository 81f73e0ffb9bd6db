using System.Collections.Frozen;
using System.Runtime.CompilerServices;

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
    private const int WholeWordUpTo = 4;
    private const int PrefixUpTo = 8;
    private const int LetterCodes = 32;
    private const int PrefixBits = LetterCodes * LetterCodes * LetterCodes;

    // Abbreviations of identifiers that some language, or computing, has as a word. Those of two letters all are.
    private static readonly FrozenSet<string> Ambiguous = new[]
    {
        "sin", "fin", "pas", "ice", "run", "tie", "fan", "arc", "bin", "pan", "tin", "nit", "nie", "ein", "pis", "ine", "rut", "ide",
        "cie", "dui", "ami", "rua", "rue", "via", "tic", "nip", "rif", "rib", "cep", "pid", "lat", "lon", "exp", "nom", "ans", "nam",
        "sim", "nir", "del", "mac", "url", "oms", "dea", "bic", "mst", "hra", "gps", "ons", "pad", "ubn", "sms", "apt", "sus",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly byte[] AsciiCodes = BuildAsciiCodes();

    private readonly Node[] nodes;
    private readonly int[] pairs = new int[LetterCodes * LetterCodes];

    // Which beginnings of three letters any word has, and any word that may stand inside another: most places need no more than this.
    private readonly ulong[] startPrefixes = new ulong[PrefixBits / 64];
    private readonly ulong[] insidePrefixes = new ulong[PrefixBits / 64];
    private readonly ulong[][] payloads;

    public ContextLexicon(IReadOnlyList<IReadOnlyList<string>> wordsOfRules)
    {
        BlockCount = (wordsOfRules.Count + 63) / 64;
        var builder = new Builder(BlockCount);
        for (var rule = 0; rule < wordsOfRules.Count; rule++)
        {
            foreach (var word in wordsOfRules[rule])
            {
                builder.Add(word, rule);
            }
        }

        nodes = [.. builder.Nodes];
        payloads = [.. builder.Payloads];
        foreach (var word in builder.Words)
        {
            AddPrefix(word);
        }

        for (var first = nodes[0].FirstChild; first > 0; first = nodes[first].NextSibling)
        {
            for (var second = nodes[first].FirstChild; second > 0; second = nodes[second].NextSibling)
            {
                if (char.IsAsciiLetterLower(nodes[first].Letter) && char.IsAsciiLetterLower(nodes[second].Letter))
                {
                    pairs[(CodeOf(nodes[first].Letter) * LetterCodes) + CodeOf(nodes[second].Letter)] = second;
                }
            }
        }
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
        var text = context.Folded;
        if (text.Length < 3)
        {
            return;
        }

        // The codes of three characters, moved on by one with each step.
        var prefix = (CodeOf(text[0]) * LetterCodes) + CodeOf(text[1]);
        for (var i = 1; i + 1 < text.Length; i++)
        {
            prefix = ((prefix * LetterCodes) + CodeOf(text[i + 1])) & (PrefixBits - 1);
            var c = text[i];
            if (c == ' ')
            {
                continue;
            }

            var isWordStart = text[i - 1] == ' ';
            var ahead = ((prefix * LetterCodes) + (i + 2 < text.Length ? CodeOf(text[i + 2]) : 0)) & (PrefixBits - 1);
            if (c < 128 && ((isWordStart ? startPrefixes : insidePrefixes)[ahead / 64] >> (ahead % 64) & 1) == 0)
            {
                continue;
            }

            Walk(context, i, isWordStart, ref sink);
        }
    }

    private void Walk<TSink>(scoped in ContextText context, int start, bool isWordStart, ref TSink sink)
        where TSink : struct, ISink, allows ref struct
    {
        var text = context.Folded;
        var at = start + 2;
        var node = char.IsAsciiLetterLower(text[start]) && char.IsAsciiLetterLower(text[start + 1])
            ? pairs[(CodeOf(text[start]) * LetterCodes) + CodeOf(text[start + 1])]
            : 0;
        if (node == 0)
        {
            at = start + 1;
            node = Child(0, text[start]);
        }

        for (; node > 0; at++)
        {
            ref readonly var here = ref nodes[node];
            if (here.Payload >= 0 && Applies(here, isWordStart, context, start, at))
            {
                sink.Take(here, context, start, at);
            }

            node = at < text.Length ? Child(node, text[at]) : 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CodeOf(char c) => c < 128 ? AsciiCodes[c] : 28 + (c & 3);

    private static byte[] BuildAsciiCodes()
    {
        var codes = new byte[128];
        for (var c = 0; c < codes.Length; c++)
        {
            codes[c] = (char)c switch
            {
                ' ' => 0,
                >= 'a' and <= 'z' => (byte)(c - 'a' + 1),
                >= '0' and <= '9' => 27,
                _ => (byte)(28 + (c & 3)),
            };
        }

        return codes;
    }

    private void AddPrefix((string Word, bool StandsInside) word)
    {
        // What follows a word of one or two letters is open, but for a blank where it has to end.
        for (var open = 0; open < LetterCodes; open++)
        {
            var text = word.Word;
            var third = text.Length > 2 ? CodeOf(text[2]) : open;
            var prefix = (((CodeOf(text[0]) * LetterCodes) + (text.Length > 1 ? CodeOf(text[1]) : 0)) * LetterCodes) + third;
            startPrefixes[prefix / 64] |= 1UL << (prefix % 64);
            if (word.StandsInside)
            {
                insidePrefixes[prefix / 64] |= 1UL << (prefix % 64);
            }
        }
    }

    private static bool Applies(in Node node, bool isWordStart, in ContextText context, int from, int to)
    {
        if (node.NeedsStart && !isWordStart)
        {
            return false;
        }

        if (node.NeedsEnd && (to >= context.Folded.Length || context.Folded[to] != ' '))
        {
            return false;
        }

        return true;
    }

    private int Child(int node, char c)
    {
        for (var child = nodes[node].FirstChild; child > 0; child = nodes[child].NextSibling)
        {
            if (nodes[child].Letter == c)
            {
                return child;
            }
        }

        return 0;
    }

    private interface ISink
    {
        void Take(in Node node, scoped in ContextText context, int from, int to);
    }

    private readonly ref struct Marking(ContextLexicon lexicon, Span<ulong> bits) : ISink
    {
        private readonly Span<ulong> bits = bits;

        public void Take(in Node node, scoped in ContextText context, int from, int to)
        {
            if (!node.IsAbbreviation || context.IsCapitals(from, to) || context.IsBeside(to - 1))
            {
                lexicon.Mark(node.Payload, bits);
            }
        }
    }

    private ref struct Listing(int offset, Span<ContextHit> hits) : ISink
    {
        private readonly Span<ContextHit> hits = hits;

        public int Count { get; private set; }

        public void Take(in Node node, scoped in ContextText context, int from, int to)
        {
            if (Count < hits.Length)
            {
                var (start, end) = context.PlaceOf(from, to);
                hits[Count] = new ContextHit(offset + start, offset + end, node.Payload, node.IsAbbreviation && !context.IsCapitals(from, to));
            }

            Count++;
        }
    }

    private record struct Node()
    {
        public char Letter;
        public bool NeedsStart;
        public bool NeedsEnd;
        public bool IsAbbreviation;
        public int FirstChild;
        public int NextSibling;
        public int Payload = -1;
    }

    private sealed class Builder(int blockCount)
    {
        public List<Node> Nodes { get; } = [new Node()];

        public List<ulong[]> Payloads { get; } = [];

        public List<(string Word, bool StandsInside)> Words { get; } = [];

        public void Add(string word, int rule)
        {
            Span<char> buffer = stackalloc char[ContextText.Capacity];
            Span<short> places = stackalloc short[ContextText.Capacity];
            var folded = ContextText.FoldWord(word, buffer, places);

            // Scripts with blanks between words begin the code space; of the others a single character is a word.
            var hasBoundaries = folded.Length > 0 && folded[0] < 0x0590;
            if (folded.Length == 0 || (folded.Length == 1 && folded[0] < 0x2E80))
            {
                return;
            }

            var standsInside = !hasBoundaries || folded.Length > PrefixUpTo;
            Words.Add((folded.ToString(), standsInside));
            var node = 0;
            foreach (var c in folded)
            {
                node = ChildOrNew(node, c);
            }

            var here = Nodes[node];
            if (here.Payload < 0)
            {
                here.Payload = Payloads.Count;
                Payloads.Add(new ulong[blockCount]);
            }

            here.NeedsStart = !standsInside;
            here.NeedsEnd = hasBoundaries && folded.Length <= WholeWordUpTo;
            here.IsAbbreviation = hasBoundaries && (folded.Length == 2 || Ambiguous.Contains(folded.ToString()));
            Payloads[here.Payload][rule / 64] |= 1UL << (rule % 64);
            Nodes[node] = here;
        }

        private int ChildOrNew(int node, char c)
        {
            for (var child = Nodes[node].FirstChild; child > 0; child = Nodes[child].NextSibling)
            {
                if (Nodes[child].Letter == c)
                {
                    return child;
                }
            }

            Nodes.Add(new Node { Letter = c, NextSibling = Nodes[node].FirstChild });
            Nodes[node] = Nodes[node] with { FirstChild = Nodes.Count - 1 };
            return Nodes.Count - 1;
        }
    }
}
