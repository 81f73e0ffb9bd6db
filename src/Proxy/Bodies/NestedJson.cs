using System.Text;
using EdgeFilter.Detection;

namespace EdgeFilter.Proxy.Bodies;

/// <summary>
/// A JSON document inside a JSON string, such as a tool call's arguments: read by the same rules, and changed so that both levels
/// stay valid. Changes go through to the outer body's splicer.
/// </summary>
internal sealed class NestedJson : IDisposable
{
    /// <summary>How many levels of JSON inside JSON are read; deeper ones are judged as plain text.</summary>
    public const int MaxLevels = 4;

    private readonly JsonBody outer;
    private readonly NestedJson? around;

    // Where the last edit began, at both levels: edits come in order, and must not each count from the beginning.
    private int lastLeaf = -1;
    private int lastByteOfLeaf;
    private int lastCharOfLeaf;
    private int lastByte;
    private int lastChar;

    private NestedJson(JsonBody outer, int leaf, NestedJson? around, JsonBody body)
    {
        this.outer = outer;
        this.around = around;
        OuterLeaf = leaf;
        Body = body;
    }

    /// <summary>The inner document. Its leaves' text is what the receiver sees after decoding both levels.</summary>
    public JsonBody Body { get; }

    /// <summary>The string of the outer body that holds it.</summary>
    public int OuterLeaf { get; }

    public int Level => around is null ? 1 : around.Level + 1;

    /// <summary>Reads the document that a string holds.</summary>
    /// <param name="outer">The body that holds the string; must outlive the result.</param>
    /// <param name="leaf">A string of <paramref name="outer"/>.</param>
    /// <param name="around">The nested document that <paramref name="outer"/> is the body of, if it is one.</param>
    /// <param name="problem">Why it looks like JSON and yet isn't read as such; null for text that doesn't begin like an object or array.</param>
    /// <returns>Null when the text must be judged as plain text.</returns>
    public static NestedJson? TryRead(
        JsonBody outer, int leaf, FieldMap? map, JsonLimits? limits, out BodyProblem? problem, NestedJson? around = null)
    {
        problem = null;
        if (!LooksLikeDocument(outer.Raw(leaf)) || around?.Level >= MaxLevels)
        {
            return null;
        }

        var body = JsonBody.Rent();
        problem = body.Read(DecodeToUtf8(outer, leaf), map, limits);
        if (problem is null)
        {
            return new NestedJson(outer, leaf, around, body);
        }

        body.Dispose();
        return null;
    }

    /// <summary>Replaces a part of an inner leaf's text.</summary>
    /// <param name="splicer">Of the outermost body.</param>
    /// <param name="leaf">A leaf of <see cref="Body"/>. A number or literal is replaced as a whole, by a string.</param>
    /// <param name="span">In UTF-16 code units of the inner leaf's decoded text.</param>
    public void Replace(JsonSplicer splicer, int leaf, TextSpan span, string replacement)
    {
        var place = Body.Leaves[leaf];
        if (!place.IsText)
        {
            // Part by part would spell the rest of the number out again in each replacement.
            ReplaceRaw(splicer, place.Start, place.End, $"\"{JsonEscapes.Escape(replacement)}\"");
            return;
        }

        var goesOn = leaf == lastLeaf && span.Start >= lastCharOfLeaf;
        var cursor = goesOn ? new RawCursor(Body.Raw(leaf), lastByteOfLeaf, lastCharOfLeaf) : new RawCursor(Body.Raw(leaf));
        var start = place.Start + cursor.MoveTo(span.Start, roundUp: false);
        (lastLeaf, lastByteOfLeaf, lastCharOfLeaf) = (leaf, cursor.Byte, cursor.Char);
        var end = place.Start + cursor.MoveTo(span.End, roundUp: true);
        ReplaceRaw(splicer, start, end, JsonEscapes.Escape(replacement));
    }

    public void Dispose() => Body.Dispose();

    // The inner document's bytes are the outer string's text in UTF-8: a byte offset there is a UTF-16 index here.
    private void ReplaceRaw(JsonSplicer splicer, int start, int end, string replacement)
    {
        var bytes = Body.Bytes.Span;
        var from = start >= lastByte
            ? lastChar + Encoding.UTF8.GetCharCount(bytes[lastByte..start])
            : Encoding.UTF8.GetCharCount(bytes[..start]);
        (lastByte, lastChar) = (start, from);
        var span = new TextSpan(from, Encoding.UTF8.GetCharCount(bytes[start..end]));
        if (around is null)
        {
            splicer.Replace(OuterLeaf, span, replacement);
        }
        else
        {
            around.Replace(splicer, OuterLeaf, span, replacement);
        }
    }

    private static bool LooksLikeDocument(ReadOnlySpan<byte> raw)
    {
        while (!raw.IsEmpty)
        {
            // Space before the document may be written plainly or as an escape.
            if (raw[0] is (byte)' ')
            {
                raw = raw[1..];
            }
            else if (raw[0] == '\\')
            {
                var unit = JsonEscapes.DecodeOne(raw, out var length);
                if (unit is not (' ' or '\n' or '\r' or '\t'))
                {
                    return unit is '{' or '[' or '"';
                }

                raw = raw[length..];
            }
            else
            {
                return raw[0] is (byte)'{' or (byte)'[';
            }
        }

        return false;
    }

    private static byte[] DecodeToUtf8(JsonBody outer, int leaf)
    {
        if (!outer.Leaves[leaf].IsEscaped)
        {
            return outer.Raw(leaf).ToArray();
        }

        var buffer = System.Buffers.ArrayPool<char>.Shared.Rent(outer.Leaves[leaf].Length);
        try
        {
            return Encoding.UTF8.GetBytes(buffer, 0, outer.Decode(leaf, buffer));
        }
        finally
        {
            System.Buffers.ArrayPool<char>.Shared.Return(buffer);
        }
    }
}
