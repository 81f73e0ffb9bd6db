using System.Buffers;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// Reads one JSON array as a stream of its elements, the way Google's APIs send it when no server-sent events were asked for.
/// An element's frame begins with the bracket or comma before it; the closing bracket is a frame of its own.
/// </summary>
/// <remarks>Finds where elements end and no more: whether an element is good JSON is its reader's question.</remarks>
internal sealed class JsonArrayReader : IFrameReader
{
    private static readonly SearchValues<byte> Structural = SearchValues.Create("\"{}[],"u8);
    private static readonly SearchValues<byte> QuoteOrEscape = SearchValues.Create("\"\\"u8);

    private readonly int maxElementLength;
    private readonly FrameBuffer buffer = new();
    private int consumed;
    private int at;
    private int elementStart = -1;
    private int depth;
    private bool inString;
    private bool escaped;
    private bool completed;
    private Expected expected = Expected.Opening;

    /// <param name="maxElementLength">Bytes that one element may have.</param>
    public JsonArrayReader(int maxElementLength)
    {
        this.maxElementLength = maxElementLength;
    }

    private enum Expected
    {
        Opening,
        FirstElementOrEnd,
        Element,
        CommaOrEnd,
        Nothing,
    }

    public StreamProblem? Problem { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        DropHandedOut();
        if (Problem is null)
        {
            buffer.Append(bytes);
        }
    }

    public void Complete() => completed = true;

    public bool TryRead(StreamFrame frame)
    {
        DropHandedOut();
        while (Problem is null && at < buffer.Length)
        {
            if (elementStart >= 0 ? SkipElement() : TakeSeparator())
            {
                HandOut(frame, elementStart >= 0);
                return true;
            }
        }

        if (Problem is null && buffer.Length > maxElementLength)
        {
            Fail(StreamProblem.EventTooLarge);
        }
        else if (Problem is null && completed && expected != Expected.Nothing)
        {
            Fail(StreamProblem.EndedEarly);
        }

        return false;
    }

    public void Dispose() => buffer.Dispose();

    private static bool IsSpace(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private void DropHandedOut()
    {
        if (consumed > 0)
        {
            buffer.Consume(consumed);
            consumed = 0;
        }
    }

    /// <summary>Takes one byte between elements; true when the array's end makes a frame.</summary>
    private bool TakeSeparator()
    {
        var value = buffer.Unread[at];
        if (IsSpace(value))
        {
            at++;
            return expected == Expected.Nothing && at == buffer.Length;
        }

        switch (expected, value)
        {
            case (Expected.Opening, (byte)'['):
                expected = Expected.FirstElementOrEnd;
                at++;
                return false;
            case (Expected.CommaOrEnd, (byte)','):
                expected = Expected.Element;
                at++;
                return false;
            case (Expected.FirstElementOrEnd or Expected.CommaOrEnd, (byte)']'):
                expected = Expected.Nothing;
                at++;
                return true;
            case (Expected.FirstElementOrEnd or Expected.Element, (byte)'{'):
                elementStart = at++;
                depth = 1;
                return false;
            default:
                Fail(StreamProblem.BadFraming);
                return false;
        }
    }

    /// <summary>Moves to the end of the element; false when it has not arrived.</summary>
    private bool SkipElement()
    {
        var unread = buffer.Unread;
        while (at < unread.Length)
        {
            if (escaped)
            {
                escaped = false;
                at++;
                continue;
            }

            var next = unread[at..].IndexOfAny(inString ? QuoteOrEscape : Structural);
            if (next < 0)
            {
                at = unread.Length;
                return false;
            }

            at += next;
            var value = unread[at++];
            if (value == '\\')
            {
                escaped = true;
            }
            else if (value == '"')
            {
                inString = !inString;
            }
            else if (value is (byte)'{' or (byte)'[')
            {
                depth++;
            }
            else if (value is (byte)'}' or (byte)']' && --depth == 0)
            {
                expected = Expected.CommaOrEnd;
                return true;
            }
        }

        return false;
    }

    private void HandOut(StreamFrame frame, bool isElement)
    {
        frame.Reset();
        frame.Kind = isElement ? FrameKind.Event : FrameKind.Blank;
        frame.Raw = buffer.Slice(0, at);
        if (isElement)
        {
            frame.DataStart = elementStart;
            frame.Data = buffer.Slice(elementStart, at - elementStart);
        }

        consumed = at;
        at = 0;
        elementStart = -1;
    }

    private void Fail(StreamProblem problem)
    {
        Problem = problem;
        buffer.Dispose();
    }
}
