using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using EdgeFilter.Detection.Tokenizers.Unicode;

namespace EdgeFilter.Detection.Tokenizers.Vocabularies;

/// <summary><c>BPE</c>: a word's symbols are merged in pairs, the pair that was learnt first before all others.</summary>
/// <remarks>A heap of merges keeps a long word near linear. Source of the order: tokenizers, word.rs.</remarks>
internal sealed class PairVocabulary : IVocabulary
{
    private readonly TokenTable table;
    private readonly PairOptions options;
    private readonly FrozenDictionary<long, (int Rank, int NewId)> merges;
    private readonly ByteTokens? bytes;
    private readonly int unknownId;

    /// <exception cref="TokenizerException">A merge names a token that the vocabulary lacks.</exception>
    public PairVocabulary(TokenTable table, IReadOnlyList<(string First, string Second)> pairs, PairOptions options)
    {
        this.table = table;
        this.options = options;
        bytes = options.FallsBackToBytes ? new ByteTokens(table) : null;
        unknownId = options.Unknown is { } unknown ? table.Find(unknown) : -1;
        var ranks = new Dictionary<long, (int Rank, int NewId)>(pairs.Count);
        for (var rank = 0; rank < pairs.Count; rank++)
        {
            var (first, second) = pairs[rank];
            if (second.Length < options.ContinuationPrefix.Length)
            {
                throw Missing(rank);
            }

            var (left, right, both) = (table.Find(first), table.Find(second), table.Find(first + second[options.ContinuationPrefix.Length..]));
            ranks[Pair(left, right)] = left >= 0 && right >= 0 && both >= 0 ? (rank, both) : throw Missing(rank);
        }

        merges = ranks.ToFrozenDictionary();
    }

    public int Size => table.Size;

    public int Find(ReadOnlySpan<char> token) => table.Find(token);

    public void Tokenise(ReadOnlySpan<char> piece, TokenSink tokens)
    {
        if (options.IgnoresMerges && table.Find(piece) is >= 0 and var whole)
        {
            tokens.Add(whole, 0, piece.Length, piece);
            return;
        }

        var list = tokens.Scratch.Symbols;
        list.Clear();
        ReadSymbols(piece, list);
        var symbols = CollectionsMarshal.AsSpan(list);
        Link(symbols);
        Merge(symbols, tokens.Scratch.Merges);
        foreach (ref readonly var symbol in symbols)
        {
            if (!symbol.IsGone)
            {
                tokens.Add(symbol.Id, symbol.Start, symbol.End, table.Name(symbol.Id));
            }
        }
    }

    private static TokenizerException Missing(int rank) =>
        new($"Merge {rank + 1} of the vocabulary joins tokens, or to a token, that it lacks. Is tokenizer.json damaged?");

    private static long Pair(int first, int second) => ((long)first << 32) | (uint)second;

    private static void Link(Span<PairSymbol> symbols)
    {
        for (var i = 0; i < symbols.Length; i++)
        {
            symbols[i] = symbols[i] with { Previous = i - 1, Next = i + 1 < symbols.Length ? i + 1 : -1 };
        }
    }

    private void ReadSymbols(ReadOnlySpan<char> piece, List<PairSymbol> symbols)
    {
        PairSymbol? pending = null;
        for (var at = 0; at < piece.Length;)
        {
            var end = at + CodePoints.LengthAt(piece, at);
            var id = FindSymbol(piece, at, end);
            if (id >= 0)
            {
                Flush(ref pending, symbols);
                symbols.Add(Symbol(id, at, end));
            }
            else if (!TryAddBytes(piece[at..end], at, end, symbols) && options.Unknown is not null)
            {
                if (pending is { } unknown && options.FusesUnknown)
                {
                    pending = unknown with { End = end };
                }
                else
                {
                    Flush(ref pending, symbols);
                    pending = Symbol(unknownId >= 0 ? unknownId : throw new TokenizerException("A character is not in the vocabulary, and neither is its unk_token. Add it, or name one that it has."), at, end);
                }
            }

            at = end;
        }

        Flush(ref pending, symbols);
    }

    private static PairSymbol Symbol(int id, int start, int end) => new(id, start, end, -1, -1, IsGone: false);

    private static void Flush(ref PairSymbol? pending, List<PairSymbol> symbols)
    {
        if (pending is { } unknown)
        {
            symbols.Add(unknown);
            pending = null;
        }
    }

    private int FindSymbol(ReadOnlySpan<char> piece, int start, int end)
    {
        var prefix = start > 0 ? options.ContinuationPrefix : "";
        var suffix = end == piece.Length ? options.WordSuffix : "";
        return prefix.Length + suffix.Length == 0 ? table.Find(piece[start..end]) : table.Find(string.Concat(prefix, piece[start..end], suffix));
    }

    private bool TryAddBytes(ReadOnlySpan<char> character, int start, int end, List<PairSymbol> symbols)
    {
        if (bytes is null)
        {
            return false;
        }

        Span<byte> utf8 = stackalloc byte[4];
        Rune.DecodeFromUtf16(character, out var rune, out _);
        utf8 = utf8[..rune.EncodeToUtf8(utf8)];
        foreach (var value in utf8)
        {
            if (bytes.Id(value) < 0)
            {
                return false;
            }
        }

        foreach (var value in utf8)
        {
            symbols.Add(Symbol(bytes.Id(value), start, end));
        }

        return true;
    }

    private void Merge(Span<PairSymbol> symbols, PriorityQueue<(int Place, int NewId), long> queue)
    {
        queue.Clear();
        for (var i = 0; i + 1 < symbols.Length; i++)
        {
            Offer(symbols, i, i + 1, queue);
        }

        while (queue.TryDequeue(out var merge, out _))
        {
            var current = symbols[merge.Place];
            if (current.IsGone || current.Next < 0)
            {
                continue;
            }

            // What was offered may have been merged otherwise since.
            var right = symbols[current.Next];
            if (!merges.TryGetValue(Pair(current.Id, right.Id), out var now) || now.NewId != merge.NewId)
            {
                continue;
            }

            symbols[current.Next] = right with { IsGone = true };
            symbols[merge.Place] = current with { Id = merge.NewId, End = right.End, Next = right.Next };
            if (right.Next >= 0)
            {
                symbols[right.Next] = symbols[right.Next] with { Previous = merge.Place };
                Offer(symbols, merge.Place, right.Next, queue);
            }

            if (current.Previous >= 0)
            {
                Offer(symbols, current.Previous, merge.Place, queue);
            }
        }
    }

    private void Offer(Span<PairSymbol> symbols, int left, int right, PriorityQueue<(int Place, int NewId), long> queue)
    {
        if (merges.TryGetValue(Pair(symbols[left].Id, symbols[right].Id), out var merge))
        {
            queue.Enqueue((left, merge.NewId), ((long)merge.Rank << 32) | (uint)left);
        }
    }
}
