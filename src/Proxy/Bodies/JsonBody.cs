using System.Buffers;
using System.Text;
using EdgeFilter.Proxy.Bodies.Forms;

namespace EdgeFilter.Proxy.Bodies;

/// <summary>
/// A body read once, JSON or a form: its own bytes, and where its names, strings and other leaves lie. What is inspected, looked up and sent
/// on all comes from these bytes. Not thread-safe; may read one body after another, and gives its arrays back when disposed of.
/// </summary>
internal sealed class JsonBody : IDisposable
{
    private const int ShortestTellingNumber = 7;
    private const int FirstLeaves = 64;
    private const int FirstContainers = 32;

    // Needed only while a body is read, and never by two readings at once on one thread.
    [ThreadStatic]
    private static JsonNames? namesOfThread;

    private JsonLeaf[] leaves = [];
    private JsonContainer[] containers = [];
    private JsonNames names = null!;
    private List<(int Start, int Length)>? lengthLines;
    private ReadOnlyMemory<byte> bytes;

    /// <summary>The body as it came. Belongs to whoever passed it to <see cref="Read"/>, and must outlive this reading.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>The description that it was read with.</summary>
    public FieldMap Map { get; private set; } = FieldMap.Empty;

    public int LeafCount { get; private set; }

    public int ContainerCount { get; private set; }

    /// <summary>Names, strings, and other scalars, in the order in which they stand.</summary>
    /// <remarks>Numbers in arrays are listed only where they could say something about a person; see <see cref="JsonContainer.NumberCount"/>.</remarks>
    public ReadOnlySpan<JsonLeaf> Leaves => leaves.AsSpan(0, LeafCount);

    /// <summary>Objects and arrays, in the order in which they open.</summary>
    public ReadOnlySpan<JsonContainer> Containers => containers.AsSpan(0, ContainerCount);

    /// <summary>A body to read into.</summary>
    public static JsonBody Rent() => new();

    /// <summary>Reads a body, replacing whatever was read before.</summary>
    /// <returns>Null when it was read; otherwise why not, and nothing of this object may be used but <see cref="Read"/>.</returns>
    public BodyProblem? Read(ReadOnlyMemory<byte> utf8, FieldMap? map = null, JsonLimits? limits = null)
    {
        Begin(utf8, map ?? FieldMap.Empty);
        var problem = new JsonReader(utf8.Span, this, Map, limits ?? JsonLimits.Default).Read();
        if (problem is not null)
        {
            Clear();
        }

        return problem;
    }

    /// <summary>Reads a multipart form, replacing whatever was read before; see <see cref="FormReader"/>.</summary>
    public BodyProblem? ReadForm(ReadOnlyMemory<byte> form, string boundary, FieldMap map)
    {
        Begin(form, map);
        var problem = new FormReader(form.Span, boundary, this, map).Read();
        if (problem is not null)
        {
            Clear();
        }

        return problem;
    }

    /// <summary>Reads a transcript with the times of its subtitles, or one text; see <see cref="TranscriptReader"/>.</summary>
    public void ReadTranscript(ReadOnlyMemory<byte> text, FieldMap map)
    {
        if (TranscriptReader.HasTimes(text.Span))
        {
            Begin(text, map);
            new TranscriptReader(text.Span, this, map).Read();
        }
        else
        {
            ReadText(text, map);
        }
    }

    /// <summary>Takes a body that is one text, replacing whatever was read before.</summary>
    /// <param name="text">UTF-8: <see cref="PlainText.IsText"/>.</param>
    /// <param name="map">Whose body carries text.</param>
    public void ReadText(ReadOnlyMemory<byte> text, FieldMap map)
    {
        Begin(text, map);
        AddLeaf(new JsonLeaf
        {
            Start = 0, Length = text.Length, Container = -1, Name = -1, Index = 0, Field = FieldMap.Root, Kind = JsonKind.Plain, IsEscaped = false,
        });
    }

    /// <summary>The raw bytes of a leaf, between the quotes of names and strings.</summary>
    public ReadOnlySpan<byte> Raw(int leaf) => bytes.Span.Slice(leaves[leaf].Start, leaves[leaf].Length);

    /// <summary>The text of a leaf as its reader sees it.</summary>
    /// <param name="destination">At least <see cref="JsonLeaf.Length"/> code units.</param>
    /// <returns>UTF-16 code units written.</returns>
    public int Decode(int leaf, Span<char> destination) => JsonEscapes.Decode(Raw(leaf), leaves[leaf].IsEscaped, destination);

    /// <summary>The text of a leaf as a string: for short control values; message text should be decoded into a buffer.</summary>
    public string Text(int leaf)
    {
        if (!leaves[leaf].IsEscaped)
        {
            return Encoding.UTF8.GetString(Raw(leaf));
        }

        var buffer = new char[leaves[leaf].Length];
        return new string(buffer, 0, Decode(leaf, buffer));
    }

    /// <summary>True when a leaf is a string or name that reads as an ASCII word.</summary>
    public bool IsWord(int leaf, string word, bool ignoreCase = false)
    {
        ref readonly var l = ref leaves[leaf];
        var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return (l.IsText || l.IsPlain) && (l.IsEscaped ? l.Length <= 6 * word.Length && word.Equals(Text(leaf), comparison)
            : ignoreCase ? Ascii.EqualsIgnoreCase(Raw(leaf), word) : Ascii.Equals(Raw(leaf), word));
    }

    /// <summary>The first value at a place of the description; -1 when there is none, or only an object or array.</summary>
    public int Find(short field)
    {
        var all = Leaves;
        for (var i = 0; i < all.Length; i++)
        {
            if (all[i].Field == field && all[i].Kind != JsonKind.Name)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The first value at a place of the description inside one object or array, at any depth; -1 when there is none.</summary>
    public int Find(short field, int container)
    {
        for (var i = containers[container].LeafStart; i < containers[container].LeafEnd; i++)
        {
            if (leaves[i].Field == field && leaves[i].Kind != JsonKind.Name)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The first object or array at a place of the description; -1 when there is none.</summary>
    public int FindContainer(short field, int within = -1)
    {
        var (from, to) = within < 0 ? (0, ContainerCount) : (within + 1, containers[within].ContainerEnd);
        for (var i = from; i < to; i++)
        {
            if (containers[i].Field == field)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The text of the first string at a place of the description; null when there is none.</summary>
    public string? TextAt(short field) => Find(field) is var leaf and >= 0 && leaves[leaf].Kind == JsonKind.String ? Text(leaf) : null;

    /// <summary>The whole number at a place of the description; null when there is none, or it isn't one.</summary>
    public long? NumberAt(short field) =>
        Find(field) is var leaf and >= 0 && leaves[leaf].Kind == JsonKind.Number
        && long.TryParse(Raw(leaf), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>True when the place of the description holds <c>true</c>.</summary>
    public bool IsTrueAt(short field) => Find(field) is var leaf and >= 0 && leaves[leaf].Kind == JsonKind.True;

    /// <summary>Where a leaf stands: <c>messages[2].content</c>. Names that the sender chose are written <c>*</c>.</summary>
    public string PathOf(int leaf)
    {
        var l = leaves[leaf];
        var builder = new StringBuilder();
        if (l.Container >= 0)
        {
            AppendPath(builder, l.Container);
            if (l.Name < 0 && l.Field != FieldMap.Unknown && !containers[l.Container].IsArray && l.Kind is JsonKind.Plain or JsonKind.Quoted or JsonKind.Binary)
            {
                // A file's parts have no names of their own in the form.
                var path = Map[l.Field].Path;
                return builder.Append(path.AsSpan(path.LastIndexOf('.'))).ToString();
            }

            AppendStep(builder, containers[l.Container].IsArray ? -1 : l.Kind == JsonKind.Name ? leaf : l.Name, l.Index);
        }

        return builder.ToString();
    }

    /// <summary>Where an object or array stands.</summary>
    public string PathOfContainer(int container)
    {
        var builder = new StringBuilder();
        AppendPath(builder, container);
        return builder.ToString();
    }

    /// <summary>Gives the arrays back. Nothing can be read from it afterwards, until it reads another body.</summary>
    public void Dispose()
    {
        Clear();
        Return(ref leaves);
        Return(ref containers);
    }

    /// <summary>
    /// Takes out what a form's fields say of their own lengths, before other changes make it wrong: saying nothing is always right.
    /// </summary>
    public void DropLengths(JsonSplicer splicer)
    {
        foreach (var (start, length) in lengthLines ?? [])
        {
            splicer.ReplaceBytes(start, length, default);
        }
    }

    internal void NoteLength(int start, int length) => (lengthLines ??= []).Add((start, length));

    internal short FieldOfContainer(int container) => containers[container].Field;

    internal bool IsArray(int container) => containers[container].IsArray;

    internal int OpenContainer(int start, bool isArray, int parent, int name, int index, short field)
    {
        if (ContainerCount == containers.Length)
        {
            Grow(ref containers, FirstContainers);
        }

        containers[ContainerCount] = new JsonContainer
        {
            Start = start,
            IsArray = isArray,
            Parent = parent,
            Name = name,
            Index = index,
            Field = field,
            LeafStart = LeafCount,
            RoleLeaf = -1,
            TypeLeaf = -1,
        };
        names.Open();
        return ContainerCount++;
    }

    internal ref readonly JsonContainer CloseContainer(int container, int end, int count)
    {
        ref var closed = ref containers[container];
        closed.End = end;
        closed.Count = count;
        closed.LeafEnd = LeafCount;
        closed.ContainerEnd = ContainerCount;
        names.Close();
        return ref closed;
    }

    internal int AddName(int container, ReadOnlySpan<char> name, ReadOnlySpan<char> folded, bool ignoreCase) =>
        names.Add(name, folded, ignoreCase);

    internal int AddLeaf(in JsonLeaf leaf)
    {
        if (LeafCount == leaves.Length)
        {
            Grow(ref leaves, FirstLeaves);
        }

        leaves[LeafCount] = leaf;
        return LeafCount++;
    }

    internal void NoteRoleOrType(int container, int leaf, FieldTraits traits)
    {
        if ((traits & FieldTraits.Role) != 0)
        {
            containers[container].RoleLeaf = leaf;
        }

        if ((traits & FieldTraits.Type) != 0)
        {
            containers[container].TypeLeaf = leaf;
        }
    }

    /// <summary>Counts a number in an array, and says whether it must be listed: long enough to be a card or a phone number, in a
    /// place that the description doesn't know as figures.</summary>
    internal bool KeepsNumber(int array, int length)
    {
        containers[array].NumberCount++;
        var kind = Map[Map.Element(containers[array].Field)].Default?.Kind ?? FieldKind.Unknown;
        return length >= ShortestTellingNumber && kind is FieldKind.Unknown or FieldKind.Text or FieldKind.Json;
    }

    private void AppendPath(StringBuilder builder, int container)
    {
        var c = containers[container];
        if (c.Parent < 0)
        {
            return;
        }

        AppendPath(builder, c.Parent);
        AppendStep(builder, containers[c.Parent].IsArray ? -1 : c.Name, c.Index);
    }

    private void AppendStep(StringBuilder builder, int name, int index)
    {
        if (name < 0)
        {
            builder.Append('[').Append(index).Append(']');
            return;
        }

        if (builder.Length > 0)
        {
            builder.Append('.');
        }

        builder.Append(leaves[name].IsKnownName ? Text(name) : "*");
    }

    private void Begin(ReadOnlyMemory<byte> source, FieldMap map)
    {
        Clear();
        bytes = source;
        Map = map;
        names = namesOfThread ??= new JsonNames();
        names.Clear();
    }

    private void Clear()
    {
        LeafCount = 0;
        ContainerCount = 0;
        lengthLines?.Clear();
        bytes = default;
    }

    private static void Grow<T>(ref T[] array, int first)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(first, array.Length * 2));
        array.CopyTo(larger.AsSpan());
        Return(ref array);
        array = larger;
    }

    private static void Return<T>(ref T[] array)
    {
        if (array.Length > 0)
        {
            ArrayPool<T>.Shared.Return(array);
            array = [];
        }
    }
}
