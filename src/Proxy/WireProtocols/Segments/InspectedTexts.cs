using System.Buffers;
using EdgeFilter.Detection;
using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.WireProtocols.Segments;

/// <summary>
/// Goes through the texts of a body, one at a time, in one buffer. A message of several parts comes part by part and then joined,
/// with nothing, a space and a line feed between the parts, for a model may read it in any of these ways; of long parts the joined
/// texts have only what lies near the border. Names and values of records come as lines of <c>name: value</c>.
/// </summary>
internal sealed class InspectedTexts : IDisposable
{
    private readonly InspectedBody body;
    private readonly int reach;
    private readonly List<Place> places = [];
    private char[] buffer;
    private int length;
    private int unit = -1;
    private int piece;
    private int carried = -1;

    internal InspectedTexts(InspectedBody body, int reach)
    {
        this.body = body;
        this.reach = reach;
        buffer = ArrayPool<char>.Shared.Rent(1024);
    }

    /// <summary>The text to judge. Valid until the next step.</summary>
    public ReadOnlySpan<char> Text => buffer.AsSpan(0, length);

    public SegmentRole Role => Current.Role;

    /// <summary>Which of several answers it belongs to; -1 outside of any.</summary>
    public int Choice => Current.Choice;

    /// <summary>True when the parts of this text were, or will be, judged by themselves too.</summary>
    public bool IsJoined => Current.Join is TextJoin.Nothing or TextJoin.Space or TextJoin.Line || IsAcross;

    /// <summary>True when this text reaches over several messages. Answers arrive in pieces, where that is not looked at: nor is it here.</summary>
    public bool IsAcross => Current.Join is TextJoin.AcrossWithNothing or TextJoin.AcrossWithSpace;

    /// <summary>True when a part of this text may not be changed: ids, names, signed text.</summary>
    public bool HasFixedParts
    {
        get
        {
            foreach (var place in places)
            {
                if (!body.Segments[place.Segment].IsEditable)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>The segment that the text begins with: where a record says a finding is, and what message it belongs to.</summary>
    public int FirstSegment => places[0].Segment;

    private TextUnit Current => body.Units[unit];

    /// <summary>Moves on to the next text; false when there is none.</summary>
    public bool Next()
    {
        while (true)
        {
            if (unit < 0 || piece >= Current.Count)
            {
                if (++unit >= body.Units.Length)
                {
                    return false;
                }

                piece = 0;
                carried = -1;
            }

            if (Fill())
            {
                return true;
            }
        }
    }

    /// <summary>Where a part of the text comes from: one place, or several when it reaches over the border between segments.</summary>
    /// <param name="span">In the current text.</param>
    /// <param name="found">Cleared, then filled in order.</param>
    public void Locate(TextSpan span, List<PiecePlace> found)
    {
        found.Clear();
        foreach (var place in places)
        {
            var start = Math.Max(span.Start, place.At);
            var end = Math.Min(span.End, place.At + place.Length);
            if (start < end || (span.Length == 0 && start == end && found.Count == 0))
            {
                found.Add(new PiecePlace(place.Segment, TextSpan.FromBounds(start - place.At + place.From, end - place.At + place.From)));
            }
        }
    }

    public void Dispose()
    {
        ArrayPool<char>.Shared.Return(buffer, clearArray: true);
        buffer = [];
        length = 0;
    }

    private bool Fill()
    {
        places.Clear();
        length = 0;
        return Current.Join switch
        {
            TextJoin.None => FillOne(),
            TextJoin.Record => FillRecord(),
            _ => FillJoined(),
        };
    }

    private bool FillOne()
    {
        Append(Segment(piece++), 0, int.MaxValue);
        return true;
    }

    private bool FillRecord()
    {
        for (; piece < Current.Count; piece++)
        {
            var segment = Segment(piece);
            if (body.Segments[segment].IsName && piece + 1 < Current.Count && IsNameOf(segment, Segment(piece + 1)))
            {
                // The name is a part of its value's line.
                Append(segment, 0, int.MaxValue);
                AppendSeparator(": ");
                segment = Segment(++piece);
            }
            else
            {
                AppendName(segment);
            }

            Append(segment, 0, int.MaxValue);
            AppendSeparator("\n");
        }

        return true;
    }

    // Joined texts end inside every long part and begin again near its end: there is nothing new between.
    private bool FillJoined()
    {
        if (carried >= 0)
        {
            Append(carried, -reach, int.MaxValue);
            carried = -1;
        }

        for (; piece < Current.Count; piece++)
        {
            if (places.Count > 0)
            {
                AppendSeparator(Current.Join switch { TextJoin.Space or TextJoin.AcrossWithSpace => " ", TextJoin.Line => "\n", _ => "" });
            }

            var segment = Segment(piece);
            if (body.MaxLength(segment) > 2 * reach)
            {
                piece++;
                carried = segment;
                if (places.Count == 0)
                {
                    return piece < Current.Count && FillJoined();
                }

                Append(segment, 0, reach);
                return true;
            }

            Append(segment, 0, int.MaxValue);
        }

        return places.Count > 1;
    }

    private int Segment(int index) => body.Pieces[Current.First + index];

    /// <summary>Appends a part of a segment's text: from its beginning, or with a negative <paramref name="from"/> its end.</summary>
    private void Append(int segment, int from, int atMost)
    {
        var room = body.MaxLength(segment);
        Grow(room);
        var decoded = body.Decode(segment, buffer.AsSpan(length));
        var start = from < 0 ? Math.Max(0, decoded + from) : from;
        var count = Math.Min(decoded - start, atMost);
        if (start > 0)
        {
            buffer.AsSpan(length + start, count).CopyTo(buffer.AsSpan(length));
        }

        places.Add(new Place(segment, start, length, count));
        length += count;
    }

    private bool IsNameOf(int name, int value) =>
        body.Segments[name].Document == body.Segments[value].Document
        && body.NameOf(body.Segments[value], out _) == body.Segments[name].Leaf;

    private void AppendName(int segment)
    {
        var name = body.NameOf(body.Segments[segment], out var document);
        if (name < 0)
        {
            return;
        }

        Grow(document.Leaves[name].Length);
        length += document.Decode(name, buffer.AsSpan(length));
        AppendSeparator(": ");
    }

    private void AppendSeparator(string separator)
    {
        Grow(separator.Length);
        separator.CopyTo(buffer.AsSpan(length));
        length += separator.Length;
    }

    private void Grow(int room)
    {
        if (buffer.Length - length >= room)
        {
            return;
        }

        var larger = ArrayPool<char>.Shared.Rent(Math.Max(buffer.Length * 2, length + room));
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<char>.Shared.Return(buffer, clearArray: true);
        buffer = larger;
    }

    private readonly record struct Place(int Segment, int From, int At, int Length);
}
