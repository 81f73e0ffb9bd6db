namespace EdgeFilter.Detection.Tokenizers.Text;

/// <summary>A part of an aligned text that is tokenised on its own.</summary>
/// <param name="Start">Its first unit.</param>
/// <param name="End">Behind its last unit.</param>
/// <param name="Token">The id of the added token that it is; -1 for text that is still to be tokenised.</param>
internal readonly record struct TextPiece(int Start, int End, int Token)
{
    public const int Open = -1;

    public bool IsOpen => Token == Open;
}
