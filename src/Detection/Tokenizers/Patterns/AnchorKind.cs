namespace EdgeFilter.Detection.Tokenizers.Patterns;

/// <summary>Places that a pattern can ask for.</summary>
internal enum AnchorKind
{
    LineStart,
    LineEnd,
    TextStart,
    TextEnd,
    TextEndOrLastLine,
    WordBorder,
    NoWordBorder,
}
