using System.Collections.Frozen;

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
    private const int PrefixUpTo = 7;

    // Abbreviations of identifiers that some language, or computing, has as a word. Those of two letters all are.
    private static readonly FrozenSet<string> Ambiguous = new[]
    {
        "sin", "fin", "pas", "ice", "run", "tie", "fan", "arc", "bin", "pan", "tin", "nit", "nie", "ein", "pis", "ine", "rut", "ide",
        "cie", "dui", "ami", "rua", "rue", "via", "tic", "nip", "rif", "rib", "cep", "pid", "lat", "lon", "exp", "nom", "ans", "nam",
        "sim", "nir", "del", "mac", "url", "oms", "dea", "bic", "mst", "fan", "hra", "gps", "ons", "pad", "ubn", "sms", "apt", "sus",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly List<Node> nodes = [new Node()];
    private readonly List<ulong[]> payloads = [];

    public ContextLexicon(IReadOnlyList<IReadOnlyList<string>> wordsOfRules)
    {
        BlockCount = (wordsOfRules.Count + 63) / 64;
        for (var rule = 0; rule < wordsOfRules.Count; rule++)
        {
            foreach (var word in wordsOfRules[rule])
            {
                Add(word, rule);
            }
        }
    }

    /// <summary>How many blocks of 64 rules a set of rules takes.</summary>
    public int BlockCount { get; }

    /// <summary>Marks the rules that have a word in the context.</summary>
    /// <param name="context">The folded context.</param>
    /// <param name="far">Receives a bit for each rule with a word anywhere in it.</param>
    /// <param name="close">Receives a bit for each rule with a word close to the value.</param>
    public void Find(in ContextText context, Span<ulong> far, Span<ulong> close)
    {
        var text = context.Folded;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == ' ')
            {
                continue;
            }

            var isWordStart = text[i - 1] == ' ';
            var node = Child(0, text[i]);
            for (var j = i + 1; node > 0; j++)
            {
                var here = nodes[node];
                if (here.Payload >= 0 && Applies(here, isWordStart, context, i, j))
                {
                    Mark(payloads[here.Payload], far);
                    if (context.IsClose(i, j - 1))
                    {
                        Mark(payloads[here.Payload], close);
                    }
                }

                node = j < text.Length ? Child(node, text[j]) : 0;
            }
        }
    }

    private static bool Applies(Node node, bool isWordStart, in ContextText context, int from, int to)
    {
        if (node.NeedsStart && !isWordStart)
        {
            return false;
        }

        if (node.NeedsEnd && (to >= context.Folded.Length || context.Folded[to] != ' '))
        {
            return false;
        }

        return !node.IsAbbreviation || context.IsCapitals(from, to) || context.IsBeside(from, to - 1);
    }

    private static void Mark(ulong[] payload, Span<ulong> bits)
    {
        for (var block = 0; block < payload.Length; block++)
        {
            bits[block] |= payload[block];
        }
    }

    private void Add(string word, int rule)
    {
        Span<char> buffer = stackalloc char[ContextText.Capacity];
        Span<short> places = stackalloc short[ContextText.Capacity];
        var folded = ContextText.FoldWord(word, buffer, places);
        if (folded.Length == 0 || (folded.Length == 1 && folded[0] < 0x2E80))
        {
            return;
        }

        var node = 0;
        foreach (var c in folded)
        {
            node = ChildOrNew(node, c);
        }

        var here = nodes[node];
        if (here.Payload < 0)
        {
            here.Payload = payloads.Count;
            payloads.Add(new ulong[BlockCount]);
        }

        // Scripts with letters at word boundaries: Latin, Greek, Cyrillic, Armenian, Georgian, Ethiopic is left out.
        var hasBoundaries = folded[0] < 0x0590;
        here.NeedsStart = hasBoundaries && folded.Length <= PrefixUpTo;
        here.NeedsEnd = hasBoundaries && folded.Length <= WholeWordUpTo;
        here.IsAbbreviation = hasBoundaries && (folded.Length == 2 || Ambiguous.Contains(folded.ToString()));
        payloads[here.Payload][rule / 64] |= 1UL << (rule % 64);
        nodes[node] = here;
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

    private int ChildOrNew(int node, char c)
    {
        var child = Child(node, c);
        if (child == 0)
        {
            child = nodes.Count;
            nodes.Add(new Node { Letter = c, NextSibling = nodes[node].FirstChild });
            nodes[node] = nodes[node] with { FirstChild = child };
        }

        return child;
    }

    private record struct Node()
    {
        public char Letter;
        public int FirstChild;
        public int NextSibling;
        public int Payload = -1;
        public bool NeedsStart;
        public bool NeedsEnd;
        public bool IsAbbreviation;
    }
}
