using System.Buffers;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>The lines of one server-sent event while it is being read. Places count from the event's first byte.</summary>
internal sealed class SseBlock : IDisposable
{
    private readonly List<TextRange> data = [];
    private readonly List<TextRange> asides = [];
    private TextRange name;
    private TextRange id;
    private TextRange retry;
    private int names;
    private int ids;
    private bool hasMark;
    private byte[] joined = [];

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>True when a line that is neither blank nor a comment was seen.</summary>
    public bool HasFields { get; private set; }

    /// <summary>True when a line ended with CR alone, which some readers do not know.</summary>
    public bool HasBareReturn { get; set; }

    /// <summary>Takes one line without its end; true when it is a comment.</summary>
    public bool Add(ReadOnlySpan<byte> line, int at)
    {
        if (line.StartsWith(ByteOrderMark))
        {
            // Some readers strip it at every line, some only at the first, some drop the line.
            hasMark = true;
            line = line[ByteOrderMark.Length..];
            at += ByteOrderMark.Length;
        }

        var colon = line.IndexOf((byte)':');
        if (colon == 0)
        {
            asides.Add(new TextRange(at + 1, line.Length - 1));
            return true;
        }

        HasFields = true;
        var field = colon < 0 ? line : line[..colon];
        var valueAt = colon < 0 ? line.Length : colon + 1;
        if (valueAt < line.Length && line[valueAt] == ' ')
        {
            valueAt++;
        }

        AddField(field, new TextRange(at + valueAt, line.Length - valueAt), new TextRange(at, line.Length));
        return false;
    }

    public void Fill(StreamFrame frame, FrameBuffer buffer, bool isTerminated)
    {
        frame.Name = name.In(buffer);
        frame.Id = id.In(buffer);
        frame.Retry = retry.In(buffer);
        foreach (var aside in asides)
        {
            frame.Asides.Add(aside.In(buffer));
        }

        if (data.Count == 1)
        {
            frame.Data = data[0].In(buffer);
            frame.DataStart = data[0].Start;
        }
        else if (data.Count > 1)
        {
            frame.Data = Join(buffer);
        }
        else if (frame.Kind == FrameKind.Event)
        {
            // No reader hands this out; but one of them would take its name for the next event's.
            frame.Kind = FrameKind.Comment;
        }

        frame.IsCanonical = isTerminated && !HasBareReturn && !hasMark && names <= 1 && ids <= 1
            && (names == 0 || data.Count > 0) && !frame.Id.Span.Contains((byte)0);
    }

    public void Clear()
    {
        data.Clear();
        asides.Clear();
        name = id = retry = default;
        names = ids = 0;
        HasFields = HasBareReturn = hasMark = false;
    }

    public void Dispose()
    {
        if (joined.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(joined, clearArray: true);
            joined = [];
        }
    }

    private void AddField(ReadOnlySpan<byte> field, TextRange value, TextRange line)
    {
        if (field.SequenceEqual("data"u8))
        {
            data.Add(value);
        }
        else if (field.SequenceEqual("event"u8))
        {
            names++;
            name = value;
        }
        else if (field.SequenceEqual("id"u8))
        {
            ids++;
            id = value;
            asides.Add(value);
        }
        else
        {
            if (field.SequenceEqual("retry"u8))
            {
                retry = value;
            }

            asides.Add(line);
        }
    }

    private ReadOnlyMemory<byte> Join(FrameBuffer buffer)
    {
        // The break behind the last line is written and not counted.
        var length = data.Count - 1;
        foreach (var line in data)
        {
            length += line.Length;
        }

        if (joined.Length <= length)
        {
            Dispose();
            joined = ArrayPool<byte>.Shared.Rent(length + 1);
        }

        var at = 0;
        foreach (var line in data)
        {
            line.In(buffer).Span.CopyTo(joined.AsSpan(at));
            at += line.Length;
            joined[at++] = (byte)'\n';
        }

        return joined.AsMemory(0, length);
    }

    private readonly record struct TextRange(int Start, int Length)
    {
        public ReadOnlyMemory<byte> In(FrameBuffer buffer) => Length == 0 ? default : buffer.Slice(Start, Length);
    }
}
