using EdgeFilter.Detection.Tokenizers.Text;

namespace EdgeFilter.Detection.Tokenizers.Splitting;

/// <summary>A step that cuts a text into the pieces that the vocabulary sees. Immutable, safe for concurrent use.</summary>
internal interface ISplitter
{
    void Split(TextPieces pieces);
}
