namespace EdgeFilter.Proxy.Bodies;

/// <summary>
/// Reads subtitles (SRT, WebVTT) as an array of what is said, so that what is said over several of them is judged as one; numbers,
/// times and settings stand beside it as <c>frame</c>.
/// </summary>
/// <remarks>Source: W3C WebVTT, section 4; SRT has no specification, and its blocks are a subset but for the comma in times.</remarks>
internal ref struct TranscriptReader(ReadOnlySpan<byte> text, JsonBody body, FieldMap map)
{
    private readonly ReadOnlySpan<byte> text = text;
    private readonly JsonBody body = body;
    private readonly short spoken = map.Element(FieldMap.Root);
    private readonly short frame = map.FieldOf("frame");
    private int index;

    public static bool HasTimes(ReadOnlySpan<byte> text) => text.IndexOf("-->"u8) >= 0;

    public void Read()
    {
        body.OpenContainer(0, isArray: true, -1, -1, 0, FieldMap.Root);
        int begin = -1, end = -1;
        var isFirstOfBlock = true;
        foreach (var range in TextLines.Of(text))
        {
            var line = text[range].TrimEnd((byte)'\r');
            var start = range.Start.Value;
            if (line.TrimEnd(" \t"u8).IsEmpty)
            {
                Add(ref begin, end, spoken);
                isFirstOfBlock = true;
                continue;
            }

            if (line.IndexOf("-->"u8) >= 0 || (isFirstOfBlock && IsFrame(line, range.End.Value)))
            {
                Add(ref begin, end, spoken);
                begin = start;
                Add(ref begin, start + line.Length, frame);
            }
            else
            {
                begin = begin < 0 ? start : begin;
                end = start + line.Length;
            }

            isFirstOfBlock = false;
        }

        Add(ref begin, end, spoken);
        body.CloseContainer(0, text.Length, index);
    }

    // A cue's number or name stands right before its times; the file's first word stands alone.
    private readonly bool IsFrame(ReadOnlySpan<byte> line, int lineEnd)
    {
        var rest = text[Math.Min(text.Length, lineEnd + 1)..];
        var length = rest.IndexOf((byte)'\n');
        return (length < 0 ? rest : rest[..length]).IndexOf("-->"u8) >= 0 || line.SequenceEqual("WEBVTT"u8);
    }

    private void Add(ref int begin, int end, short field)
    {
        if (begin < 0)
        {
            return;
        }

        body.AddLeaf(new JsonLeaf
        {
            Start = begin, Length = end - begin, Container = 0, Name = -1, Index = index++, Field = field, Kind = JsonKind.Plain, IsEscaped = false,
        });
        begin = -1;
    }
}
