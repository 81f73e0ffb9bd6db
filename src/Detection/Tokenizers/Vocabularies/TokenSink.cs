using EdgeFilter.Detection.Tokenizers.Text;

namespace EdgeFilter.Detection.Tokenizers.Vocabularies;

/// <summary>Receives the tokens of one piece after another, and finds their places in the original. Not thread-safe.</summary>
internal sealed class TokenSink
{
    private EncodedText result = new();
    private AlignedText text = new();
    private OffsetTrim? trim;
    private int length;
    private int start;

    /// <summary>Working memory of the calling thread's vocabulary.</summary>
    public TokenScratch Scratch { get; } = new();

    public void Begin(EncodedText encoded, AlignedText aligned, OffsetTrim? offsetTrim, ReadOnlySpan<char> original)
    {
        result = encoded;
        text = aligned;
        trim = offsetTrim;
        length = original.Length;
        trim?.Begin(original);
    }

    public void BeginPiece(TextPiece piece) => start = piece.Start;

    /// <summary>Adds a token.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="from">Its first unit in the piece.</param>
    /// <param name="to">Behind its last unit.</param>
    /// <param name="token">How the vocabulary writes it.</param>
    public void Add(int id, int from, int to, ReadOnlySpan<char> token)
    {
        var (first, last) = to > from
            ? (text.From(start + from), text.To(start + to - 1))
            : (Math.Min(text.From(start), length), Math.Min(text.From(start), length));
        if (trim is not null)
        {
            (first, last) = trim.Apply(token, first, last, isFirst: result.Count == 0);
        }

        result.Add(id, first, last);
    }
}
