using System.Buffers;
using System.Globalization;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>One event, read strictly: its leaves, its type, and the keys that tell lanes and parts apart. Reused event after event.</summary>
internal sealed class EventView : IDisposable
{
    private readonly CompiledStream stream;
    private readonly List<int> lanes = [];
    private readonly List<(short Field, int Value)> numbers = [];
    private const int LongestId = 256;
    private const int MostIds = 16_384;

    private readonly Dictionary<string, int> ids = new(StringComparer.Ordinal);
    private int[] elementKeys = new int[16];

    private readonly UnknownTexts unknown;

    public EventView(CompiledStream stream)
    {
        unknown = new UnknownTexts(stream);
        this.stream = stream;
        Splicer = new JsonSplicer(Body);
    }

    public JsonBody Body { get; } = JsonBody.Rent();

    public JsonSplicer Splicer { get; }

    public StreamFrame Frame { get; private set; } = new();

    /// <summary>The event's type when the description knows it; null for others and for protocols without types.</summary>
    public string? Type { get; private set; }

    /// <summary>True when the event says a type that the description doesn't know.</summary>
    public bool HasUnknownType { get; private set; }

    /// <summary>The leaf that says the type, or -1.</summary>
    public int TypeLeaf { get; private set; }

    /// <summary>The lanes that the event speaks of, each once.</summary>
    public List<int> Lanes => lanes;

    /// <summary>Reads a frame's payload; false when it isn't strict JSON or numbers its lanes in a way that can't be followed.</summary>
    public bool TryRead(StreamFrame frame)
    {
        Frame = frame;
        lanes.Clear();
        numbers.Clear();
        Type = null;
        TypeLeaf = -1;
        HasUnknownType = false;
        if (Body.Read(frame.Data, stream.Description.Fields, EventLimits) is not null)
        {
            return false;
        }

        Splicer.Begin(Body);
        if (!ReadKeys())
        {
            return false;
        }

        ReadType();
        ReadLanes();
        return true;
    }

    /// <summary>The key of a leaf's or object's lane or part: 0 where there is only one.</summary>
    public int KeyOf(int container, KeyPath path)
    {
        if (path.IsNone)
        {
            return 0;
        }

        if (!path.IsElement)
        {
            return NumberAt(path.Field) ?? (path == stream.Lane && !stream.LaneToo.IsNone ? NumberAt(stream.LaneToo.Field) : null) ?? 0;
        }

        var all = Body.Containers;
        for (var at = container; at >= 0; at = all[at].Parent)
        {
            if (all[at].Field == path.Field)
            {
                return elementKeys[at];
            }
        }

        return 0;
    }

    /// <summary>A number of the event that some key is made of.</summary>
    public int? NumberAt(short field)
    {
        foreach (var (known, value) in numbers)
        {
            if (known == field)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>The line of the description for a leaf's text; null when no channel lives there.</summary>
    public CompiledChannel? ChannelOf(in JsonLeaf leaf)
    {
        var lines = stream.ChannelsAt(leaf.Field);
        if (lines is null || leaf.Kind != JsonKind.String)
        {
            return leaf is { Field: FieldMap.Unknown, Kind: JsonKind.String } ? unknown.LineOf(Body, leaf) : null;
        }

        foreach (var line in lines)
        {
            if (line.IsFor(Type) && (line.OnlyWith < 0 || HasFlag(leaf.Container, line.OnlyWith)))
            {
                return line;
            }
        }

        return null;
    }

    public ChannelKey KeyOf(in JsonLeaf leaf, CompiledChannel line) =>
        new(line.Channel, KeyOf(leaf.Container, line.Lane), KeyOf(leaf.Container, line.Part));

    /// <summary>Empties what stands beside a text that is changed.</summary>
    public void EmptyBeside(int index, CompiledChannel line)
    {
        if (line.Beside < 0)
        {
            return;
        }

        var lane = KeyOf(Body.Leaves[index].Container, stream.Lane);
        var all = Body.Containers;
        for (var i = 0; i < all.Length; i++)
        {
            if (all[i].Field == line.Beside && KeyOf(i, stream.Lane) == lane)
            {
                Splicer.ReplaceContainer(i, all[i].IsArray ? "[]"u8.ToArray() : "null"u8.ToArray());
            }
        }
    }

    /// <summary>Empties what repeats a string token by token, in the object that holds the string.</summary>
    public void EmptyEchoes(int index)
    {
        var holder = Body.Leaves[index].Container;
        var all = Body.Containers;
        for (var i = 0; i < all.Length; i++)
        {
            if (all[i].Parent == holder && Body.Map[all[i].Field].Traits.HasFlag(FieldTraits.Echo))
            {
                Splicer.ReplaceContainer(i, all[i].IsArray ? "[]"u8.ToArray() : "null"u8.ToArray());
            }
        }
    }

    /// <summary>Empties what signs a text of a lane.</summary>
    public void EmptySignatures(int lane)
    {
        for (var i = 0; i < Body.LeafCount; i++)
        {
            ref readonly var leaf = ref Body.Leaves[i];
            if (leaf is { Kind: JsonKind.String, Length: > 0 } && Body.Map[leaf.Field].Traits.HasFlag(FieldTraits.Signature)
                && KeyOf(leaf.Container, stream.Lane) == lane)
            {
                Splicer.ReplaceAll(i, "");
            }
        }
    }

    public void Dispose() => Body.Dispose();

    // Streams repeat text in pieces: half a surrogate pair at the end of one is no trick, the other half follows.
    private static JsonLimits EventLimits { get; } = new() { AllowHalfPairs = true };

    private bool HasFlag(int container, short field)
    {
        var place = Body.Containers[container];
        for (var i = place.LeafStart; i < place.LeafEnd; i++)
        {
            ref readonly var leaf = ref Body.Leaves[i];
            if (leaf.Field == field && leaf.Container == container && leaf.Kind == JsonKind.True)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A small number for an id, the same for the same id as long as the stream lasts; null when there are too many or it is none.</summary>
    private int? NumberOf(ReadOnlySpan<byte> id)
    {
        if (id.IsEmpty || id.Length > LongestId || id.Contains((byte)'\\') || ids.Count >= MostIds)
        {
            return null;
        }

        Span<char> text = stackalloc char[LongestId];
        var length = System.Text.Encoding.Latin1.GetChars(id, text);
        var known = ids.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(text[..length], out var number))
        {
            known[text[..length]] = number = ids.Count + 1;
        }

        return number;
    }

    private bool ReadKeys()
    {
        var all = Body.Containers;
        if (elementKeys.Length < all.Length)
        {
            elementKeys = new int[all.Length * 2];
        }

        for (var i = 0; i < all.Length; i++)
        {
            elementKeys[i] = all[i].Index;
        }

        for (var leafIndex = 0; leafIndex < Body.LeafCount; leafIndex++)
        {
            ref readonly var leaf = ref Body.Leaves[leafIndex];
            if (!stream.IsKey(leaf.Field) || leaf.Kind is JsonKind.Name or JsonKind.Null)
            {
                continue;
            }

            // An id in a number's place, or the other way round, is an event that readers would put together in different ways.
            var isId = stream.RuleAt(leaf.Field)?.Kind == FieldKind.Opaque;
            if (isId != (leaf.Kind == JsonKind.String))
            {
                return false;
            }

            if (isId)
            {
                if (NumberOf(Body.Raw(leafIndex)) is not { } number)
                {
                    return false;
                }

                numbers.Add((leaf.Field, number));
                elementKeys[leaf.Container] = number;
                continue;
            }

            if (leaf.Kind != JsonKind.Number
                || !int.TryParse(Body.Bytes.Span.Slice(leaf.Start, leaf.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                return false;
            }

            numbers.Add((leaf.Field, value));
            elementKeys[leaf.Container] = value;
        }

        return true;
    }

    private void ReadType()
    {
        if (stream.Description.TypeIsName)
        {
            Span<char> name = stackalloc char[64];
            HasUnknownType = !Frame.Name.IsEmpty;
            if (Frame.Name.Length <= name.Length)
            {
                Type = stream.KnownType(name[..JsonEscapes.Decode(Frame.Name.Span, escaped: false, name)]);
                HasUnknownType &= Type is null;
            }

            return;
        }

        if (stream.EventType < 0)
        {
            return;
        }

        TypeLeaf = Body.Find(stream.EventType);
        if (TypeLeaf < 0 || Body.Leaves[TypeLeaf] is not { Kind: JsonKind.String } leaf)
        {
            TypeLeaf = -1;
            return;
        }

        var rented = ArrayPool<char>.Shared.Rent(leaf.Length);
        Type = stream.KnownType(rented.AsSpan(0, Body.Decode(TypeLeaf, rented)));
        ArrayPool<char>.Shared.Return(rented);
        HasUnknownType = Type is null;
    }

    private void ReadLanes()
    {
        if (stream.Lane.IsNone)
        {
            lanes.Add(0);
        }
        else if (!stream.Lane.IsElement)
        {
            if ((NumberAt(stream.Lane.Field) ?? (stream.LaneToo.IsNone ? null : NumberAt(stream.LaneToo.Field))) is { } lane)
            {
                lanes.Add(lane);
            }
        }
        else
        {
            var all = Body.Containers;
            for (var i = 0; i < all.Length; i++)
            {
                if (all[i].Field == stream.Lane.Field && !lanes.Contains(elementKeys[i]))
                {
                    lanes.Add(elementKeys[i]);
                }
            }
        }
    }
}
