using System.Runtime.InteropServices;
using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.Segments;

/// <summary>Puts segments together into the texts that are judged.</summary>
internal sealed class UnitBuilder
{
    /// <summary>The group of what belongs to no message and no record: ids, labels, unknown members.</summary>
    public const int Stray = -1;

    private static readonly int Roles = Enum.GetValues<SegmentRole>().Length;

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

    /// <summary>
    /// Lists the texts: every part of a message by itself, then the parts joined in each way a reader may join them, and at last the
    /// messages that one speaker sends in a row, for a value may be split over two of them.
    /// </summary>
    public void Finish(JsonBody body)
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

        JoinRuns(body);
    }

    private void JoinRuns(JsonBody body)
    {
        if (!HasRuns(body))
        {
            return;
        }

        var runs = new Dictionary<SegmentRole, Run>();
        foreach (ref readonly var group in CollectionsMarshal.AsSpan(groups))
        {
            if (PlaceOf(body, group) is not { } place)
            {
                continue;
            }

            if (runs.TryGetValue(group.Role, out var run) && run.Parent == place.Parent && place.Index - run.Last is 0 or 1)
            {
                run.Firsts.Add(group.First);
                runs[group.Role] = run with { Last = place.Index };
                continue;
            }

            JoinRun(run);
            runs[group.Role] = new Run(group.Role, place.Parent, place.Index, [group.First]);
        }

        foreach (var run in runs.Values)
        {
            JoinRun(run);
        }
    }

    // Most conversations alternate: they pay for this look and nothing else.
    private bool HasRuns(JsonBody body)
    {
        Span<(int Parent, int Index)> latest = stackalloc (int, int)[Roles];
        latest.Fill((-1, 0));
        foreach (ref readonly var group in CollectionsMarshal.AsSpan(groups))
        {
            if (PlaceOf(body, group) is { } place)
            {
                ref var last = ref latest[(int)group.Role];
                if (last.Parent == place.Parent && place.Index - last.Index is 0 or 1)
                {
                    return true;
                }

                last = place;
            }
        }

        return false;
    }

    // A message is an element of a list; what lies inside one stands in no row with what lies inside another.
    private static (int Parent, int Index)? PlaceOf(JsonBody body, in Group group)
    {
        if (group.Document != 0 || group.IsRecord || group.Container < 0 || group.Choice >= 0 || group.Role is SegmentRole.ToolArguments or SegmentRole.ToolDefinition or SegmentRole.Reasoning)
        {
            return null;
        }

        ref readonly var message = ref body.Containers[group.Container];
        return !message.IsArray && message.Parent >= 0 && body.Containers[message.Parent].IsArray ? (message.Parent, message.Index) : null;
    }

    private void JoinRun(in Run run)
    {
        if (run.Firsts is not { Count: > 1 })
        {
            return;
        }

        foreach (var join in (ReadOnlySpan<TextJoin>)[TextJoin.AcrossWithNothing, TextJoin.AcrossWithSpace])
        {
            units.Add(new TextUnit(pieces.Count, 0, join, run.Role, -1));
            foreach (var first in run.Firsts)
            {
                for (var i = first; i >= 0; i = next[i])
                {
                    AddPiece(i);
                }
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

    /// <summary>Messages of one speaker in a row, so far.</summary>
    private readonly record struct Run(SegmentRole Role, int Parent, int Last, List<int> Firsts);

    private readonly record struct Group(
        int Document, int Container, SegmentRole Role, int Choice, bool IsRecord, int First, int Last, int Count);
}
