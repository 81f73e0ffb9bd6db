using System.Runtime.CompilerServices;

namespace EdgeFilter.Detection.Patterns;

/// <summary>
/// The codes of a chunk of text, of the characters behind it that belong to its last places, and what loads of whole vectors read
/// beyond. Not part of the generic search: code shared by several types would look up its type at each access.
/// </summary>
[InlineArray(Chunk + (3 * LiteralCodes.Step))]
internal struct LiteralCodeBuffer
{
    /// <summary>How many characters are coded at a time.</summary>
    public const int Chunk = 256;

    private byte first;
}
