using EdgeFilter.Detection.Tokenizers.Text;

namespace EdgeFilter.Detection.Tokenizers.Splitting;

/// <summary>Several steps, one after another.</summary>
internal sealed class SplitterSequence(IReadOnlyList<ISplitter> steps) : ISplitter
{
    public void Split(TextPieces pieces)
    {
        foreach (var step in steps)
        {
            step.Split(pieces);
        }
    }
}
