namespace EdgeFilter.Detection.Tokenizers.Vocabularies;

/// <summary>Tokens and their ids, both ways.</summary>
internal sealed class TokenTable
{
    /// <summary>Longer tokens are in no vocabulary, and would make a text cost more than its length.</summary>
    public const int LongestToken = 1024;

    public const int LargestId = 4_000_000;

    private readonly Dictionary<string, int> ids;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly string?[] names;

    /// <exception cref="TokenizerException">A token or an id can't be.</exception>
    public TokenTable(Dictionary<string, int> tokens)
    {
        ids = tokens;
        lookup = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        names = new string?[tokens.Count == 0 ? 0 : CheckedSize(tokens)];
        foreach (var (token, id) in tokens)
        {
            names[id] = token;
        }
    }

    public int Size => names.Length;

    public IEnumerable<KeyValuePair<string, int>> All => ids;

    public int Find(ReadOnlySpan<char> token) => lookup.TryGetValue(token, out var id) ? id : -1;

    public string Name(int id) => names[id] ?? "";

    private static int CheckedSize(Dictionary<string, int> tokens)
    {
        var largest = 0;
        foreach (var (token, id) in tokens)
        {
            if (id is < 0 or > LargestId || token.Length > LongestToken)
            {
                throw new TokenizerException($"A token of the vocabulary is longer than {LongestToken} characters, or its id is not from 0 to {LargestId}. Is tokenizer.json damaged?");
            }

            largest = Math.Max(largest, id);
        }

        return largest + 1;
    }
}
