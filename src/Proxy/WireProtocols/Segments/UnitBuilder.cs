using System.Runtime.InteropServices;
using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.WireProtocols.Segments;

/// <summary>Puts segments together into the texts that are judged.</summary>
internal sealed class UnitBuilder
{
    /// <summary>The group of what belongs to no message and no record: ids, labels, unknown members.</summary>
    public const int Stray = -1;

    private readonly List<Group> groups = [];
    private readonly List<int> next = [];
    private readonly List<TextUnit> units = [];
    private readonly List<int> pieces = [];
    private int stray = -1;

    public ReadOnlySpan<TextUnit> Units => CollectionsMarshal.AsSpan(units);

    public ReadOnlySpan<int> Pieces => CollectionsMarshal.AsSpan(pieces);

    /// <summary>Adds a segment; those of one group and role follow each other in one text.</summary>
    public void Add(int index, in BodySegment segment, int document, int group, bool isRecord)
    {
        while (next.Count <= index)
        {
            next.Add(-1);
        }

        var key = new Group(document, group, segment.Role, segment.Choice, isRecord, index, index, 1);
        var all = CollectionsMarshal.AsSpan(groups);
        if (group == Stray && stray >= 0 && all[stray].Role == key.Role && all[stray].Choice == key.Choice)
        {
            Append(ref all[stray], index);
            return;
        }

        // What belongs together stands together, but for the few roles inside one message.
        for (var i = all.Length - 1; i >= 0 && i >= all.Length - 8; i--)
        {
            ref var other = ref all[i];
            if (other.Document == document && other.Container == group && other.Role == key.Role && other.IsRecord == isRecord && other.Choice == key.Choice)
            {
                Append(ref other, index);
                return;
            }
        }

        if (group == Stray)
        {
            stray = groups.Count;
        }

        groups.Add(key);
    }

    /// <summary>Lists the texts: every part of a message by itself, and then the parts joined in each way a reader may join them.</summary>
    public void Finish()
    {
        foreach (var group in groups)
        {
            if (group.IsRecord)
            {
                Begin(group, TextJoin.Record);
                for (var i = group.First; i >= 0; i = next[i])
                {
                    AddPiece(i);
                }

                continue;
            }

            for (var i = group.First; i >= 0; i = next[i])
            {
                Begin(group, TextJoin.None);
                AddPiece(i);
            }

            if (group.Count > 1)
            {
                Join(group, TextJoin.Nothing);
                Join(group, TextJoin.Space);
                Join(group, TextJoin.Line);
            }
        }
    }

    private void Append(ref Group group, int index)
    {
        next[group.Last] = index;
        group = group with { Last = index, Count = group.Count + 1 };
    }

    private void Join(in Group group, TextJoin join)
    {
        Begin(group, join);
        for (var i = group.First; i >= 0; i = next[i])
        {
            AddPiece(i);
        }
    }

    private void Begin(in Group group, TextJoin join) => units.Add(new TextUnit(pieces.Count, 0, join, group.Role, group.Choice));

    private void AddPiece(int segment)
    {
        pieces.Add(segment);
        ref var unit = ref CollectionsMarshal.AsSpan(units)[^1];
        unit = unit with { Count = unit.Count + 1 };
    }

    private readonly record struct Group(
        int Document, int Container, SegmentRole Role, int Choice, bool IsRecord, int First, int Last, int Count);
}
