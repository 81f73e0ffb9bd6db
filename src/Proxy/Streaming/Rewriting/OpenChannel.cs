using System.Text;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>A text that the stream is writing, and what of it the client has not been shown.</summary>
internal sealed class OpenChannel : IDisposable
{
    private readonly ITextChannel filter;

    // What came of a signed text and was not written yet.
    private readonly StringBuilder? unwritten;

    // Some clients fail on half a surrogate pair: it waits for the other half.
    private char carried;

    public OpenChannel(StreamChannel channel, ITextChannel filter, bool isShadow)
    {
        Channel = channel;
        IsShadow = isShadow;
        this.filter = filter;
        unwritten = channel.IsSigned ? new StringBuilder() : null;
    }

    public StreamChannel Channel { get; }

    /// <summary>True for a signed text of which something else was written than came. Known when the text has ended.</summary>
    public bool IsEdited { get; private set; }

    /// <summary>See <see cref="ChannelRule.IsShadow"/>: what it releases is written nowhere.</summary>
    public bool IsShadow { get; }

    /// <summary>The last event that carried a piece of this text while some of it was held: the form for what is released later.</summary>
    public StreamFrame? Template { get; set; }

    /// <summary>The leaf of <see cref="Template"/> that carried the piece.</summary>
    public int TemplateLeaf { get; set; }

    /// <summary>The event that was last written to, and its leaf.</summary>
    public long LastEvent { get; set; } = -1;

    public int LastLeaf { get; set; }

    /// <summary>Takes a piece.</summary>
    /// <param name="released">What to write in its place; null when it passes as it came.</param>
    /// <returns>False when a rule blocks.</returns>
    public bool Push(ReadOnlySpan<char> delta, out string? released)
    {
        var result = filter.Push(delta);
        released = null;
        if (result.IsBlocked)
        {
            return false;
        }

        if (!result.IsUnchanged || carried != default)
        {
            released = TakeWhole(result.Released);
        }

        unwritten?.Append(delta);
        Compare(released is null ? delta : released);
        return true;
    }

    /// <summary>Ends the text.</summary>
    /// <param name="released">The rest of it, perhaps empty.</param>
    /// <returns>False when a rule blocks.</returns>
    public bool Complete(out string released)
    {
        var result = filter.Complete();
        released = "";
        if (result.IsBlocked)
        {
            return false;
        }

        released = TakeWhole(result.Released);
        if (carried != default)
        {
            released += carried;
        }

        Compare(released);
        IsEdited |= unwritten is { Length: > 0 };
        return true;
    }

    public void Dispose() => filter.Dispose();

    private void Compare(ReadOnlySpan<char> written)
    {
        if (unwritten is null || IsEdited)
        {
            return;
        }

        if (unwritten.Length >= written.Length && unwritten.ToString(0, written.Length).AsSpan().SequenceEqual(written))
        {
            unwritten.Remove(0, written.Length);
        }
        else
        {
            IsEdited = true;
        }
    }

    private string TakeWhole(ReadOnlySpan<char> text)
    {
        var before = carried == default ? [] : new ReadOnlySpan<char>(in carried);
        if (text.IsEmpty && before.IsEmpty)
        {
            return "";
        }

        var whole = string.Concat(before, text);
        carried = default;
        if (char.IsHighSurrogate(whole[^1]))
        {
            carried = whole[^1];
            whole = whole[..^1];
        }

        return whole;
    }
}
