namespace EdgeFilter.Proxy.Streaming;

/// <summary>Filters a text that arrives in one piece.</summary>
internal static class WholeText
{
    /// <param name="edited">What to write instead; null when the text passes as it is.</param>
    /// <returns>False when a rule blocks.</returns>
    public static bool TryFilter(ITextChannelFactory factory, StreamChannel what, ReadOnlySpan<char> text, out string? edited)
    {
        edited = null;
        using var channel = factory.Open(what with { IsWhole = true });
        var pushed = channel.Push(text);
        if (pushed.IsBlocked)
        {
            return false;
        }

        var isUnchanged = pushed.IsUnchanged;
        var released = isUnchanged ? null : pushed.Released.ToString();
        var rest = channel.Complete();
        if (rest.IsBlocked)
        {
            return false;
        }

        if (!isUnchanged || !rest.Released.IsEmpty)
        {
            var whole = string.Concat(isUnchanged ? text : released, rest.Released);
            edited = text.SequenceEqual(whole) ? null : whole;
        }

        return true;
    }
}
