using System.Text;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>What a client was shown of one lane, for protocols whose last event repeats it.</summary>
internal sealed class ShownLane
{
    private const int MaxLength = 4 << 20;

    private readonly StringBuilder text = new();

    /// <summary>The item's id as raw JSON.</summary>
    public byte[] Id { get; set; } = [];

    /// <summary>The whole item as raw JSON, once it was sent whole.</summary>
    public byte[]? Item { get; set; }

    public bool IsMessage { get; set; }

    /// <summary>The text so far; cut where it is longer than anyone reads.</summary>
    public string Text => text.ToString();

    public void Append(string more)
    {
        if (text.Length < MaxLength)
        {
            text.Append(more);
        }
    }
}
