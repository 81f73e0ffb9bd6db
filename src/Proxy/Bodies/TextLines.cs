namespace EdgeFilter.Proxy.Bodies;

/// <summary>The lines of a text, which end with LF; a CR before it belongs to the line.</summary>
internal static class TextLines
{
    public static Enumerator Of(ReadOnlySpan<byte> text) => new(text);

    /// <summary>Walks the lines; what follows the last LF is one more, unless it is empty.</summary>
    internal ref struct Enumerator(ReadOnlySpan<byte> text)
    {
        private readonly ReadOnlySpan<byte> text = text;
        private int next;

        public Range Current { get; private set; }

        public readonly Enumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (next >= text.Length)
            {
                return false;
            }

            var length = text[next..].IndexOf((byte)'\n');
            var end = length < 0 ? text.Length : next + length;
            Current = next..end;
            next = end + 1;
            return true;
        }
    }
}
