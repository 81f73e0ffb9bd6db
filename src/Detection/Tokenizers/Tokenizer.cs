using EdgeFilter.Detection.Tokenizers.Normalising;
using EdgeFilter.Detection.Tokenizers.Splitting;
using EdgeFilter.Detection.Tokenizers.Text;
using EdgeFilter.Detection.Tokenizers.Vocabularies;

namespace EdgeFilter.Detection.Tokenizers;

/// <summary>
/// A tokenizer as <c>tokenizer.json</c> describes it: the ids and places that the reference implementation gives for a text.
/// Immutable, safe for concurrent use; time and memory grow with the text's length.
/// </summary>
/// <remarks>
/// <c>truncation</c> and <c>padding</c> in the file are left to the caller: a guard reads all of a text. Source of the format and of
/// every step: Hugging Face tokenizers, whose results the tests compare with.
/// </remarks>
public sealed class Tokenizer
{
    /// <summary>The longest text, in UTF-16 code units.</summary>
    public const int LongestText = 64 * 1024 * 1024;

    [ThreadStatic]
    private static Workspace? workspace;

    private readonly TokenizerParts parts;

    internal Tokenizer(TokenizerParts parts)
    {
        this.parts = parts;
    }

    /// <summary>Ids are below this.</summary>
    public int VocabularySize => parts.Size;

    /// <summary>Tokens that stand before every text.</summary>
    public IReadOnlyList<FrameToken> Before => parts.Before;

    /// <summary>Tokens that stand behind every text.</summary>
    public IReadOnlyList<FrameToken> After => parts.After;

    /// <summary>The segment of a text's own tokens.</summary>
    public byte TextType => parts.TextType;

    /// <summary>Reads <c>tokenizer.json</c>.</summary>
    /// <exception cref="TokenizerException">It is not a tokenizer, or asks for something that is not supported; the message names the place.</exception>
    public static Tokenizer Read(ReadOnlyMemory<byte> json) => new(Reading.TokenizerReader.Read(json));

    /// <summary>The id of a token of the vocabulary or of an added one; -1 when there is none.</summary>
    public int Find(string token) => parts.Find(token);

    /// <summary>Tokenises a text. Half a surrogate pair is read as U+FFFD.</summary>
    /// <param name="text">At most <see cref="LongestText"/> code units.</param>
    /// <param name="result">Cleared, then filled.</param>
    /// <param name="framed">True to put the tokens of <see cref="Before"/> and <see cref="After"/> around it.</param>
    /// <exception cref="TokenizerException">The tokenizer has no answer for this text.</exception>
    public void Encode(ReadOnlySpan<char> text, EncodedText result, bool framed = true)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, LongestText);
        result.Clear();
        var own = workspace ??= new Workspace();
        var pieces = own.Pieces;
        pieces.Read(text);
        parts.Raw.Cut(pieces);
        if (parts.Normaliser is not null)
        {
            pieces.Rewrite(parts.Normaliser, static (normaliser, source, piece, target) => normaliser.Rewrite(source, piece, target));
        }

        parts.Normalised.Cut(pieces);
        parts.Splitter?.Split(pieces);
        own.Tokens.Begin(result, pieces.Text, parts.Trim is { } addsSpace ? new OffsetTrim(addsSpace) : null, text);
        foreach (var piece in pieces.All)
        {
            var units = pieces.Text.Units[piece.Start..piece.End];
            own.Tokens.BeginPiece(piece);
            if (piece.IsOpen)
            {
                parts.Vocabulary.Tokenise(units, own.Tokens);
            }
            else
            {
                own.Tokens.Add(piece.Token, 0, units.Length, units);
            }
        }

        if (framed)
        {
            result.SetType(parts.TextType);
            result.Frame(parts.Before, parts.After);
        }
    }

    private sealed class Workspace
    {
        public TextPieces Pieces { get; } = new();

        public TokenSink Tokens { get; } = new();
    }
}
