using System.Runtime.InteropServices;
using EdgeFilter.Detection;
using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.Segments;

/// <summary>
/// What a body says and to whom: its segments, the texts they make together, and what of it can't be inspected. Every string, name
/// and telling number of the body is in a segment or in the coverage list, or is one of the protocol's own words.
/// Not thread-safe; dispose of it before the body.
/// </summary>
internal sealed class InspectedBody : IDisposable
{
    private const int MostItemsOfAKind = 1_024;

    private readonly int[] itemsOfKind = new int[Enum.GetValues<CoverageKind>().Length];
    private readonly List<BodySegment> segments = [];
    private readonly List<CoverageItem> coverage = [];
    private readonly HashSet<CoverageKind> unlisted = [];
    private readonly List<InnerText> inner = [];
    private readonly List<int> files = [];
    private readonly SegmentReader reader;
    private readonly UnitBuilder units = new();
    private JsonBody? body;
    private HashSet<int>? unsigned;

    private InspectedBody() => reader = new SegmentReader(this);

    /// <summary>The body that was read; edits go to a splicer of it.</summary>
    public JsonBody Body => body ?? throw new ObjectDisposedException(nameof(InspectedBody));

    /// <summary>In the order in which they stand.</summary>
    public ReadOnlySpan<BodySegment> Segments => CollectionsMarshal.AsSpan(segments);

    /// <summary>What isn't, or isn't fully, inspected: the first 1,024 of each kind.</summary>
    public IReadOnlyList<CoverageItem> Coverage => coverage;

    /// <summary>Kinds of which there are more than are listed.</summary>
    public IEnumerable<CoverageKind> UnlistedKinds => unlisted;

    /// <summary>Leaves that are files of text, to be filtered line by line: they are in no segment.</summary>
    public IReadOnlyList<int> Files => files;

    internal ReadOnlySpan<TextUnit> Units => units.Units;

    internal ReadOnlySpan<int> Pieces => units.Pieces;

    /// <summary>Finds the segments of a body.</summary>
    /// <param name="body">Read with a protocol's description; must outlive the result.</param>
    public static InspectedBody Read(JsonBody body, JsonLimits? limits = null)
    {
        var inspected = new InspectedBody { body = body };
        inspected.reader.Read(body, limits ?? JsonLimits.Default);
        return inspected;
    }

    /// <summary>The texts to judge, one after the other; dispose of the reader when done.</summary>
    /// <param name="reach">How far from the border between two parts of a message a match may begin or end, in UTF-16 code units.</param>
    public InspectedTexts Texts(int reach = 512) => new(this, reach);

    /// <summary>No fewer than the segment's text has UTF-16 code units.</summary>
    public int MaxLength(int segment)
    {
        var s = segments[segment];
        return s.Document > 0 && inner[s.Document - 1].Coated?.Text is { } text ? text.Length : DocumentOf(s).Leaves[s.Leaf].Length;
    }

    /// <summary>The segment's text as its reader sees it.</summary>
    /// <param name="destination">At least <see cref="MaxLength"/> code units.</param>
    public int Decode(int segment, Span<char> destination)
    {
        var s = segments[segment];
        if (s.Document > 0 && inner[s.Document - 1].Coated?.Text is { } text)
        {
            text.CopyTo(destination);
            return text.Length;
        }

        return DocumentOf(s).Decode(s.Leaf, destination);
    }

    /// <summary>The segment's text as a string.</summary>
    public string Text(int segment)
    {
        var buffer = new char[MaxLength(segment)];
        return new string(buffer, 0, Decode(segment, buffer));
    }

    /// <summary>Replaces a part of a segment's text.</summary>
    /// <param name="splicer">Of <see cref="Body"/>.</param>
    /// <param name="segment">One that may be edited; another throws.</param>
    /// <param name="span">In UTF-16 code units of its text.</param>
    public void Replace(JsonSplicer splicer, int segment, TextSpan span, string replacement)
    {
        var s = segments[segment];
        if (!s.IsEditable)
        {
            throw new InvalidOperationException($"The segment at {PathOf(segment)} must not be changed.");
        }

        if (s.Document == 0)
        {
            splicer.Replace(s.Leaf, span, replacement);
        }
        else if (inner[s.Document - 1].Coated is { } coated)
        {
            coated.Replace(splicer, s.Leaf, span, replacement);
        }
        else
        {
            inner[s.Document - 1].Json!.Replace(splicer, s.Leaf, span, replacement);
        }
    }

    /// <summary>Takes out what repeats the text of an answer, or points into it: log-probabilities, citation offsets.</summary>
    /// <param name="splicer">Of <see cref="Body"/>.</param>
    /// <param name="choice">The answer whose text changes; -1 for all.</param>
    public void DropEchoes(JsonSplicer splicer, int choice)
    {
        for (var i = 0; i < Body.ContainerCount; i++)
        {
            if ((Body.Map[Body.Containers[i].Field].Traits & FieldTraits.Echo) != 0
                && (choice < 0 || FieldContext.Of(Body, i).Choice is var own && (own < 0 || own == choice)))
            {
                DropEcho(splicer, i);
            }
        }
    }

    /// <summary>Takes out one object or array that repeats other text: see <see cref="BodySegment.Echo"/>.</summary>
    public void DropEcho(JsonSplicer splicer, int echo) =>
        splicer.ReplaceContainer(echo, Body.Containers[echo].IsArray ? "[]"u8.ToArray() : "null"u8.ToArray());

    /// <summary>Empties what proves a segment's text to the provider, in the object that holds both: it would prove another text.</summary>
    /// <param name="segment">One whose text changes.</param>
    public void DropSignature(JsonSplicer splicer, int segment)
    {
        if (segments[segment].Document > 0)
        {
            return;
        }

        var holder = Body.Leaves[segments[segment].Leaf].Container;
        if (holder < 0)
        {
            return;
        }

        var place = Body.Containers[holder];
        for (var i = place.LeafStart; i < place.LeafEnd; i++)
        {
            ref readonly var leaf = ref Body.Leaves[i];
            if (leaf.Container == holder && leaf is { Kind: JsonKind.String, Length: > 0 }
                && Body.Map[leaf.Field].Traits.HasFlag(FieldTraits.Signature) && (unsigned ??= []).Add(i))
            {
                splicer.ReplaceAll(i, "");
            }
        }
    }

    /// <summary>The name of the tool that a segment belongs to; empty when it belongs to none, or the body doesn't say.</summary>
    public string ToolOf(int segment)
    {
        var s = segments[segment];
        while (s.Document > 0 && inner[s.Document - 1].Json is { } json)
        {
            s = s with { Document = inner[s.Document - 1].OuterDocument, Leaf = json.OuterLeaf };
        }

        for (var at = Body.Leaves[s.Leaf].Container; at >= 0; at = Body.Containers[at].Parent)
        {
            if (!Body.Containers[at].IsArray && ToolNameIn(at) is { } name)
            {
                return name;
            }

            if ((Body.Map[Body.Containers[at].Field].Traits & FieldTraits.Message) != 0)
            {
                break;
            }
        }

        return "";
    }

    /// <summary>Where a segment stands: <c>messages[2].content</c>. Names that the sender chose are written <c>*</c>.</summary>
    public string PathOf(int segment)
    {
        var s = segments[segment];
        return s.Document == 0 ? Body.PathOf(s.Leaf) : inner[s.Document - 1] switch
        {
            { Json: { } json } => $"{inner[s.Document - 1].Path}:{json.Body.PathOf(s.Leaf)}",
            var decoded => decoded.Path,
        };
    }

    public void Dispose()
    {
        for (var i = inner.Count - 1; i >= 0; i--)
        {
            inner[i].Json?.Dispose();
        }

        inner.Clear();
        body = null;
    }

    /// <summary>The member name that explains a segment: its own for a value, none for names and elements.</summary>
    internal int NameOf(in BodySegment segment, out JsonBody document)
    {
        document = segment.Document > 0 && inner[segment.Document - 1].Coated is not null ? Body : DocumentOf(segment);
        if (segment.IsName)
        {
            return -1;
        }

        var leaf = document.Leaves[segment.Leaf];
        var container = leaf.Container;
        var name = leaf.Name;
        while (name < 0 && container >= 0)
        {
            // An element is explained by its array's name.
            name = document.Containers[container].Name;
            container = document.Containers[container].IsArray ? document.Containers[container].Parent : -1;
        }

        return name;
    }

    /// <summary>False when enough of a kind is listed: a body of a million images is refused, or not, for the first one.</summary>
    internal bool WantsCoverage(CoverageKind kind)
    {
        var wants = itemsOfKind[(int)kind] < MostItemsOfAKind;
        if (!wants)
        {
            unlisted.Add(kind);
        }

        return wants;
    }

    internal void Add(in CoverageItem item)
    {
        itemsOfKind[(int)item.Kind]++;
        coverage.Add(item);
    }

    /// <summary>Adds a segment to the text that it is part of.</summary>
    /// <param name="document">The document that <paramref name="group"/> is a container of.</param>
    internal void Add(in BodySegment segment, int document, int group, bool isRecord)
    {
        units.Add(segments.Count, segment, document, group, isRecord);
        segments.Add(segment);
    }

    internal void AddFile(int leaf) => files.Add(leaf);

    internal void Finish() => units.Finish(Body);

    internal int AddDocument(NestedJson json, int outerDocument, string path)
    {
        inner.Add(new InnerText(json, null, outerDocument, path));
        return inner.Count;
    }

    internal int AddDecoded(string text, string path, TextCoat coat)
    {
        inner.Add(new InnerText(null, new CoatedText(text, coat), 0, path));
        return inner.Count;
    }

    private string? ToolNameIn(int container)
    {
        for (var i = Body.Containers[container].LeafStart; i < Body.Containers[container].LeafEnd; i++)
        {
            var leaf = Body.Leaves[i];
            if (leaf.Container == container && leaf.Kind == JsonKind.String && (Body.Map[leaf.Field].Traits & FieldTraits.Tool) != 0)
            {
                return Body.Text(i);
            }
        }

        return null;
    }

    private JsonBody DocumentOf(in BodySegment segment) => segment.Document == 0 ? Body : inner[segment.Document - 1].Json!.Body;

    private readonly record struct InnerText(NestedJson? Json, CoatedText? Coated, int OuterDocument, string Path);
}
