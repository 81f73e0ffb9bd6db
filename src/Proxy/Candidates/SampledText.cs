using System.Buffers;
using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.Candidates;

/// <summary>A copy of a text that waits for a candidate. Cleared when it has been judged.</summary>
internal sealed class SampledText(SegmentRole role, string tool)
{
    private char[] buffer = [];

    public SegmentRole Role => role;

    public string Tool => tool;

    public int Length { get; private set; }

    public ReadOnlySpan<char> Text => buffer.AsSpan(0, Length);

    public void Append(ReadOnlySpan<char> text)
    {
        if (Length + text.Length > buffer.Length)
        {
            var larger = ArrayPool<char>.Shared.Rent(Math.Max(Length + text.Length, 2 * Length));
            Text.CopyTo(larger);
            Return();
            buffer = larger;
        }

        text.CopyTo(buffer.AsSpan(Length));
        Length += text.Length;
    }

    public void Clear()
    {
        Return();
        buffer = [];
        Length = 0;
    }

    private void Return()
    {
        if (buffer.Length > 0)
        {
            ArrayPool<char>.Shared.Return(buffer, clearArray: true);
        }
    }

    public override string ToString() => $"{role}, {Length} characters";
}
