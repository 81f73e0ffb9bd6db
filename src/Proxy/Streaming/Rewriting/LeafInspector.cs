using System.Buffers;
using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.Segments;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// Inspects every string of an event that is no piece of a longer text: results that arrive whole, ids, names, and whatever the
/// description does not know.
/// </summary>
internal sealed class LeafInspector
{
    private const int LongestWord = 40;
    private const int LongestPadding = 64;
    private const int LongestNumberInPadding = 5;

    // What is encrypted or signed is longer than any key that someone could put in its place.
    private const int ShortestSeal = 128;

    // Numbers of people and keys have digits; the words of protocols do not.
    private static readonly SearchValues<byte> WordBytes = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-.:/"u8);

    private static readonly SearchValues<byte> SealedBytes = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-+/=."u8);

    private readonly ITextChannelFactory factory;
    private readonly SeenValues seen = new();

    private readonly CompiledStream stream;

    public LeafInspector(CompiledStream stream, ITextChannelFactory factory)
    {
        this.stream = stream;
        this.factory = factory;
    }

    public StreamCoverage Coverage { get; private set; }

    public void Note(StreamCoverage coverage) => Coverage |= coverage;

    /// <summary>Inspects one leaf and adds what must change to the event's splicer; false when a rule blocks.</summary>
    public bool TryInspect(EventView view, int index)
    {
        var body = view.Body;
        ref readonly var leaf = ref body.Leaves[index];
        if (leaf.Length == 0 || leaf.Kind is JsonKind.True or JsonKind.False or JsonKind.Null || index == view.TypeLeaf && view.Type is not null)
        {
            return true;
        }

        if (leaf.Kind == JsonKind.Name)
        {
            return leaf.IsKnownName || Inspect(view, index, FieldKind.Unknown, SegmentRole.Metadata, isEditable: false);
        }

        var rule = RuleOf(body, leaf);
        var kind = rule?.Kind ?? FieldKind.Unknown;
        if (leaf.Kind == JsonKind.Number && kind is not (FieldKind.Unknown or FieldKind.Text))
        {
            return true;
        }

        var raw = body.Raw(index);
        switch (kind)
        {
            case FieldKind.Word or FieldKind.Number when IsMadeOf(raw, WordBytes, LongestWord):
            case FieldKind.Sealed when stream.IsPadding(leaf.Field) && IsPadding(raw):
            case FieldKind.Sealed when raw.Length >= ShortestSeal && IsMadeOf(raw, SealedBytes, int.MaxValue):
            case FieldKind.Credential:
                return true;
            case FieldKind.Media:
                return TryInspectMedia(view, index, rule!.Role ?? SegmentRole.Metadata);
            case FieldKind.Unknown:
                Note(StreamCoverage.UnknownFields);
                return Inspect(view, index, kind, SegmentRole.Metadata, isEditable: leaf.Kind == JsonKind.String);
            case FieldKind.Text or FieldKind.Json or FieldKind.Tokens:
                return Inspect(view, index, kind, rule!.Role ?? SegmentRole.Assistant, isEditable: true);
            default:
                return Inspect(view, index, kind, rule?.Role ?? SegmentRole.Metadata, isEditable: false);
        }
    }

    /// <summary>Lists of numbers may be text as token ids, which nobody can read here.</summary>
    public void NoteNumbers(EventView view)
    {
        foreach (ref readonly var container in view.Body.Containers)
        {
            if (container is { IsArray: true, NumberCount: > 0 }
                && (stream.RuleAt(view.Body.Map.Element(container.Field))?.Kind ?? FieldKind.Tokens) == FieldKind.Tokens)
            {
                Note(StreamCoverage.TokenIds);
            }
        }
    }

    /// <summary>Inspects text beside the payload; <paramref name="passes"/> is false when it may not be sent on as it is.</summary>
    /// <returns>False when a rule blocks.</returns>
    public bool TryInspectAside(ReadOnlySpan<byte> text, string field, out bool passes)
    {
        passes = true;
        if (text.IsEmpty || seen.Contains(-1, text))
        {
            return true;
        }

        var what = new StreamChannel(SegmentRole.Metadata, field, 0, 0) { IsEditable = false };
        var chars = System.Text.Encoding.UTF8.GetString(text);
        if (!WholeText.TryFilter(factory, what, chars, out var edited))
        {
            return false;
        }

        passes = edited is null && !chars.Contains('\uFFFD');
        if (passes)
        {
            seen.Add(-1, text);
        }

        return true;
    }

    private static bool IsMadeOf(ReadOnlySpan<byte> raw, SearchValues<byte> bytes, int longest) =>
        raw.Length <= longest && raw.IndexOfAnyExcept(bytes) < 0;

    // Random letters that hide how long a token is: nobody reads them, and each event has others.
    private static bool IsPadding(ReadOnlySpan<byte> raw)
    {
        var run = 0;
        foreach (var letter in raw)
        {
            run = char.IsAsciiDigit((char)letter) ? run + 1 : 0;
            if (run > LongestNumberInPadding)
            {
                return false;
            }
        }

        return IsMadeOf(raw, SealedBytes, LongestPadding);
    }

    /// <summary>Reads the text inside a place for media, where there is one; what is no text is counted and passes.</summary>
    private bool TryInspectMedia(EventView view, int index, SegmentRole role)
    {
        var media = MediaValue.Read(view.Body, index);
        if (media.IsMedia && (media.Text is null || media.IsGuessed))
        {
            Note(StreamCoverage.Media);
        }

        if ((media.IsReference || !media.IsMedia) && !Inspect(view, index, FieldKind.Media, role, isEditable: !media.IsMedia))
        {
            return false;
        }

        if (media.Text is not { Length: > 0 } text)
        {
            return true;
        }

        var what = new StreamChannel(role, view.Body.Map[view.Body.Leaves[index].Field].Path, 0, 0);
        if (!WholeText.TryFilter(factory, what, text, out var edited))
        {
            return false;
        }

        if (edited is not null)
        {
            view.Splicer.ReplaceAll(index, media.Coat.Around(edited));
        }

        return true;
    }

    private FieldRule? RuleOf(JsonBody body, in JsonLeaf leaf)
    {
        var field = body.Map[leaf.Field];
        if (field.Rules.Count <= 1 && stream.RuleAt(leaf.Field) is { } only)
        {
            return only;
        }

        if (leaf.Container >= 0 && body.Containers[leaf.Container].TypeLeaf is var type and >= 0)
        {
            foreach (var rule in field.Rules)
            {
                if (rule.OnlyForTypes is { } types && types.Contains(body.Text(type)))
                {
                    return rule;
                }
            }
        }

        return stream.RuleAt(leaf.Field);
    }

    /// <summary>The tool that a call in this event is for, where the call is there as a whole; null outside of calls.</summary>
    private string? ToolOf(JsonBody body, in JsonLeaf leaf)
    {
        if (stream.Description.Calls.Count == 0)
        {
            return null;
        }

        for (var at = leaf.Container; at >= 0; at = body.Containers[at].Parent)
        {
            ref readonly var place = ref body.Containers[at];
            if (stream.CallAt(place.Field) is { ArrivesWhole: true, Name: { } name })
            {
                var field = body.Map.FieldOf(name);
                for (var i = place.LeafStart; i < place.LeafEnd; i++)
                {
                    if (body.Leaves[i].Field == field && body.Leaves[i].Kind == JsonKind.String)
                    {
                        return body.Text(i);
                    }
                }
            }
        }

        return null;
    }

    private bool Inspect(EventView view, int index, FieldKind kind, SegmentRole role, bool isEditable)
    {
        var body = view.Body;
        var leaf = body.Leaves[index];
        var raw = body.Raw(index);
        var place = (leaf.Field << 1) | (leaf.Kind == JsonKind.Name ? 1 : 0);
        var tool = ToolOf(body, leaf);
        role = tool is null ? role : SegmentRole.ToolArguments;
        if (tool is null && seen.Contains(place, raw))
        {
            return true;
        }

        var rented = ArrayPool<char>.Shared.Rent(leaf.Length);
        try
        {
            var text = rented.AsSpan(0, body.Decode(index, rented));
            var what = new StreamChannel(role, body.Map[leaf.Field].Path, 0, 0) { IsEditable = isEditable, ToolName = tool };
            string? edited;
            var passes = kind == FieldKind.Json
                ? ArgumentsFilter.TryFilter(factory, what, text.ToString(), out edited)
                : WholeText.TryFilter(factory, what, text, out edited);
            if (!passes)
            {
                return false;
            }

            if (edited is null)
            {
                seen.Add(place, raw);
            }
            else if (isEditable)
            {
                view.Splicer.ReplaceAll(index, edited);
                view.EmptyEchoes(index);
            }

            return true;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented, clearArray: true);
        }
    }
}
