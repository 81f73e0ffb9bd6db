namespace EdgeFilter.Detection.Tokenizers;

/// <summary>The tokens of a text, in order. Reused between calls; not thread-safe.</summary>
public sealed class EncodedText
{
    private int[] ids = new int[64];
    private TextSpan[] places = new TextSpan[64];
    private byte[] types = new byte[64];

    public int Count { get; private set; }

    /// <summary>Ids of the vocabulary.</summary>
    public ReadOnlySpan<int> Ids => ids.AsSpan(0, Count);

    /// <summary>
    /// Where each token stands in the text that was given, in UTF-16 code units. Tokens that the frame adds, and no text stands for,
    /// are empty spans at 0.
    /// </summary>
    public ReadOnlySpan<TextSpan> Places => places.AsSpan(0, Count);

    /// <summary>The segment that each token belongs to, as models with <c>token_type_ids</c> want it.</summary>
    public ReadOnlySpan<byte> Types => types.AsSpan(0, Count);

    public void Clear() => Count = 0;

    internal void Add(int id, int start, int end, byte type = 0)
    {
        if (Count == ids.Length)
        {
            Array.Resize(ref ids, Count * 2);
            Array.Resize(ref places, Count * 2);
            Array.Resize(ref types, Count * 2);
        }

        ids[Count] = id;
        places[Count] = new TextSpan(start, Math.Max(0, end - start));
        types[Count] = type;
        Count++;
    }

    internal void SetType(byte type) => types.AsSpan(0, Count).Fill(type);

    internal void Frame(ReadOnlySpan<FrameToken> before, ReadOnlySpan<FrameToken> after)
    {
        var count = Count;
        foreach (var token in after)
        {
            Add(token.Id, 0, 0, token.Type);
        }

        for (var i = 0; i < before.Length; i++)
        {
            Add(0, 0, 0);
        }

        var moved = count + after.Length;
        ids.AsSpan(0, moved).CopyTo(ids.AsSpan(before.Length));
        places.AsSpan(0, moved).CopyTo(places.AsSpan(before.Length));
        types.AsSpan(0, moved).CopyTo(types.AsSpan(before.Length));
        for (var i = 0; i < before.Length; i++)
        {
            ids[i] = before[i].Id;
            places[i] = default;
            types[i] = before[i].Type;
        }
    }
}
