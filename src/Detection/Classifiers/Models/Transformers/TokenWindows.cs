using EdgeFilter.Detection.Tokenizers;

namespace EdgeFilter.Detection.Classifiers.Models.Transformers;

/// <summary>
/// Cuts a tokenised text into the inputs of a model. Windows begin at fixed distances from the first token, so they depend on the
/// text alone; neighbours share a quarter.
/// </summary>
internal sealed class TokenWindows
{
    private readonly Tokenizer tokenizer;
    private readonly int capacity;

    /// <param name="tokenizer">Gives the tokens around each window.</param>
    /// <param name="mostTokens">The longest input, those included.</param>
    public TokenWindows(Tokenizer tokenizer, int mostTokens)
    {
        this.tokenizer = tokenizer;
        capacity = Math.Max(1, mostTokens - tokenizer.Before.Count - tokenizer.After.Count);
        Overlap = capacity / 4;
    }

    /// <summary>Tokens that a window shares with the one before.</summary>
    public int Overlap { get; }

    /// <summary>From one window's first token to the next one's.</summary>
    public int Step => capacity - Overlap;

    /// <summary>Tokens before the first one of the text in every row.</summary>
    public int Lead => tokenizer.Before.Count;

    /// <summary>Adds the rows of a text; one at least.</summary>
    public void Add(EncodedText text, List<TokenRow> rows)
    {
        for (var start = 0; start == 0 || start + Overlap < text.Count; start += Step)
        {
            var count = Math.Min(capacity, text.Count - start);
            rows.Add(Row(text.Ids.Slice(start, count)));
            if (start + count == text.Count)
            {
                return;
            }
        }
    }

    private TokenRow Row(ReadOnlySpan<int> ids)
    {
        var (before, after) = (tokenizer.Before, tokenizer.After);
        var row = new TokenRow(new int[before.Count + ids.Length + after.Count], new byte[before.Count + ids.Length + after.Count]);
        for (var i = 0; i < before.Count; i++)
        {
            (row.Ids[i], row.Types[i]) = (before[i].Id, before[i].Type);
        }

        ids.CopyTo(row.Ids.AsSpan(before.Count));
        row.Types.AsSpan(before.Count, ids.Length).Fill(tokenizer.TextType);
        for (var i = 0; i < after.Count; i++)
        {
            (row.Ids[before.Count + ids.Length + i], row.Types[before.Count + ids.Length + i]) = (after[i].Id, after[i].Type);
        }

        return row;
    }
}
