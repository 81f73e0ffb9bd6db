using EdgeFilter.Detection.Tokenizers.Text;

namespace EdgeFilter.Detection.Tokenizers.Normalising;

/// <summary>Writes what a character becomes, with the place in the original that it stands for.</summary>
internal delegate void CharacterRewriter(int code, int from, int to, AlignedText target);
