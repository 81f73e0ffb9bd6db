using System.Text;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>The latest part of a text that arrives in pieces, kept for as long as it may have to be sealed.</summary>
internal sealed class StreamedText
{
    private readonly StringBuilder _text = new();
    private int _start;

    public bool IsEmpty => _text.Length == 0;

    public void Add(ReadOnlySpan<char> piece)
    {
        _text.Append(piece);
        if (_text.Length > 2 * EvidenceSealer.MaxLength)
        {
            Drop(_text.Length - EvidenceSealer.MaxLength);
        }
    }

    /// <summary>Seals what there is and forgets it.</summary>
    public SealedEvidence Seal(EvidenceSealer sealer, int firstFinding, string requestId, string path, Policies.SegmentRole role)
    {
        var sealedText = sealer.Seal(_text.ToString(), _start, firstFinding, requestId, path, role);
        Drop(_text.Length);
        return sealedText;
    }

    public override string ToString() => $"{_text.Length} characters from {_start}";

    private void Drop(int length)
    {
        _start += length;
        _text.Remove(0, length);
    }
}
