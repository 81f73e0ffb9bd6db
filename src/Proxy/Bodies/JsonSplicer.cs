using System.Buffers;
using EdgeFilter.Detection;
using EdgeFilter.Proxy.Bodies.Forms;

namespace EdgeFilter.Proxy.Bodies;

/// <summary>
/// Collects changes to a body that was read, and writes the changed body: what no change covers is copied byte for byte, key order,
/// spacing and number spelling included. Reusable and not thread-safe.
/// </summary>
internal sealed class JsonSplicer
{
    private static readonly Comparison<TextEdit> ByText = static (a, b) =>
        a.Leaf != b.Leaf ? a.Leaf.CompareTo(b.Leaf)
        : a.Span.Start != b.Span.Start ? a.Span.Start.CompareTo(b.Span.Start)
        : a.Order.CompareTo(b.Order);

    private static readonly Comparison<RawEdit> ByPlace = static (a, b) =>
        a.Start != b.Start ? a.Start.CompareTo(b.Start)
        : a.Length != b.Length && Math.Min(a.Length, b.Length) > 0 ? b.Length.CompareTo(a.Length)
        : a.Length == 0 && b.Length != 0 ? -1
        : b.Length == 0 && a.Length != 0 ? 1
        : a.Order.CompareTo(b.Order);

    private readonly List<TextEdit> texts = [];
    private readonly List<RawEdit> raws = [];
    private JsonBody body;

    public JsonSplicer(JsonBody body) => this.body = body;

    public bool HasEdits => texts.Count + raws.Count > 0;

    /// <summary>Forgets all changes and turns to another body.</summary>
    public void Begin(JsonBody other)
    {
        body = other;
        texts.Clear();
        raws.Clear();
    }

    /// <summary>Replaces a part of a leaf's text. Parts that overlap are replaced as one, by the first one's replacement.</summary>
    /// <param name="leaf">A leaf of the body. A number or literal becomes a string.</param>
    /// <param name="span">In UTF-16 code units of the decoded text. A bound inside a surrogate pair moves outwards.</param>
    /// <param name="replacement">Plain text; it is escaped as JSON needs.</param>
    public void Replace(int leaf, TextSpan span, string replacement) => texts.Add(new TextEdit(leaf, span, replacement, texts.Count));

    /// <summary>Replaces a leaf's whole text.</summary>
    public void ReplaceAll(int leaf, string replacement)
    {
        var place = body.Leaves[leaf];
        raws.Add(place.IsText || place.IsPlain
            ? new RawEdit(place.Start, place.Length, Spell(place, replacement), raws.Count)
            : new RawEdit(place.Start, place.Length, Utf8($"\"{JsonEscapes.Escape(replacement)}\""), raws.Count));
    }

    /// <summary>Replaces a string's whole text by one that is made when the body is written.</summary>
    public void ReplaceLater(int leaf, Func<string> replacement)
    {
        var place = body.Leaves[leaf];
        raws.Add(new RawEdit(place.Start, place.Length, default, raws.Count) { Later = () => Spell(place, replacement()) });
    }

    /// <summary>Replaces a value with JSON, quotes included: a leaf by <c>null</c>, for instance. Wins over changes inside it.</summary>
    public void ReplaceValue(int leaf, ReadOnlyMemory<byte> json)
    {
        var place = body.Leaves[leaf];
        var quotes = place.IsText ? 1 : 0;
        raws.Add(new RawEdit(place.Start - quotes, place.Length + (2 * quotes), json, raws.Count));
    }

    /// <summary>Replaces an object or array with JSON. Wins over changes inside it.</summary>
    public void ReplaceContainer(int container, ReadOnlyMemory<byte> json)
    {
        var place = body.Containers[container];
        raws.Add(new RawEdit(place.Start, place.End - place.Start, json, raws.Count));
    }

    /// <summary>Replaces bytes of the body; the caller answers for what results. Wins over changes inside them.</summary>
    public void ReplaceBytes(int start, int length, ReadOnlyMemory<byte> replacement) => raws.Add(new RawEdit(start, length, replacement, raws.Count));

    /// <summary>Puts bytes in at an offset of the body; the caller answers for the JSON that results.</summary>
    public void Insert(int offset, ReadOnlyMemory<byte> bytes) => raws.Add(new RawEdit(offset, 0, bytes, raws.Count));

    /// <summary>The changed body.</summary>
    public byte[] ToArray()
    {
        var output = new ArrayBufferWriter<byte>(body.Bytes.Length + 256);
        WriteTo(output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes the changed body.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        AddTextEdits();
        raws.Sort(ByPlace);
        var source = body.Bytes.Span;
        var copied = 0;
        foreach (var edit in raws)
        {
            if (edit.Start < copied)
            {
                continue; // inside a value that was replaced as a whole
            }

            output.Write(source[copied..edit.Start]);
            output.Write(edit.Later is { } later ? later() : edit.Bytes.Span);
            copied = edit.Start + edit.Length;
        }

        output.Write(source[copied..]);
    }

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static byte[] Spell(in JsonLeaf leaf, string text) => Utf8(leaf.Kind switch
    {
        JsonKind.Plain => text,
        JsonKind.Quoted => FormNames.Escape(text),
        _ => JsonEscapes.Escape(text),
    });

    private void AddTextEdits()
    {
        texts.Sort(ByText);
        for (var i = 0; i < texts.Count;)
        {
            var end = i + 1;
            while (end < texts.Count && texts[end].Leaf == texts[i].Leaf)
            {
                end++;
            }

            AddEditsOfOneLeaf(i, end);
            i = end;
        }

        texts.Clear();
    }

    private void AddEditsOfOneLeaf(int from, int to)
    {
        var leaf = body.Leaves[texts[from].Leaf];
        if (leaf.Kind == JsonKind.String && !leaf.IsEscaped && from + 1 == to && texts[from].Span is { Start: 0 } whole && whole.Length == leaf.Length)
        {
            // The usual case of a short ASCII value replaced as a whole needs no walk.
            raws.Add(new RawEdit(leaf.Start, leaf.Length, Utf8(JsonEscapes.Escape(texts[from].Replacement)), raws.Count));
            return;
        }

        if (!leaf.IsText && !leaf.IsPlain)
        {
            AddQuoted(leaf, from, to);
            return;
        }

        var cursor = new RawCursor(body.Raw(texts[from].Leaf), isPlain: leaf.IsPlain);
        for (var i = from; i < to;)
        {
            var edit = Coalesce(ref i, to);
            var start = cursor.MoveTo(edit.Span.Start, roundUp: false);
            var end = cursor.MoveTo(edit.Span.End, roundUp: true);
            raws.Add(new RawEdit(leaf.Start + start, end - start, Spell(leaf, edit.Replacement), raws.Count));
        }
    }

    // A number or literal whose text changes is no longer one: it becomes a string, so that the body stays valid.
    private void AddQuoted(in JsonLeaf leaf, int from, int to)
    {
        var text = System.Text.Encoding.ASCII.GetString(body.Raw(texts[from].Leaf));
        var builder = new System.Text.StringBuilder("\"");
        var copied = 0;
        for (var i = from; i < to;)
        {
            var edit = Coalesce(ref i, to);
            builder.Append(text, copied, edit.Span.Start - copied);
            JsonEscapes.Append(builder, edit.Replacement);
            copied = edit.Span.End;
        }

        builder.Append(text, copied, text.Length - copied).Append('"');
        raws.Add(new RawEdit(leaf.Start, leaf.Length, Utf8(builder.ToString()), raws.Count));
    }

    private TextEdit Coalesce(ref int index, int to)
    {
        var edit = texts[index++];
        while (index < to && texts[index].Span.Start < edit.Span.End)
        {
            edit = edit with { Span = TextSpan.FromBounds(edit.Span.Start, Math.Max(edit.Span.End, texts[index].Span.End)) };
            index++;
        }

        return edit;
    }

    private readonly record struct TextEdit(int Leaf, TextSpan Span, string Replacement, int Order);

    private readonly record struct RawEdit(int Start, int Length, ReadOnlyMemory<byte> Bytes, int Order)
    {
        public Func<byte[]>? Later { get; init; }
    }
}
