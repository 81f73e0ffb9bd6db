using System.Buffers;
using System.Text.Unicode;

namespace EdgeFilter.Proxy.Bodies;

/// <summary>
/// Reads JSON more strictly than any receiver: what two parsers could take differently is a problem, so that what is inspected
/// is what the receiver sees. One pass, no exceptions, no recursion, no text copied.
/// </summary>
/// <remarks>
/// RFC 8259, without what it leaves open: no duplicate names (after unescaping; nor names equal but for case, where names are the
/// protocol's), no halves of surrogate pairs, no byte order mark, nothing behind the value.
/// </remarks>
internal ref partial struct JsonReader
{
    private readonly ReadOnlySpan<byte> data;
    private readonly JsonBody body;
    private readonly FieldMap map;
    private readonly JsonLimits limits;
    private int at;
    private int open;
    private int name;
    private int index;
    private int depth;
    private short field;

    public JsonReader(ReadOnlySpan<byte> data, JsonBody body, FieldMap map, JsonLimits limits)
    {
        this.data = data;
        this.body = body;
        this.map = map;
        this.limits = limits;
        open = -1;
        name = -1;
        field = FieldMap.Root;
    }

    public BodyProblem? Read()
    {
        if (data.StartsWith("\uFEFF"u8))
        {
            return BodyProblem.ByteOrderMark();
        }

        if (!Utf8.IsValid(data))
        {
            return BodyProblem.InvalidUtf8(FirstInvalidByte(data));
        }

        while (true)
        {
            SkipSpace();
            if (at >= data.Length)
            {
                return open < 0 ? BodyProblem.Empty() : BodyProblem.Syntax(at);
            }

            var opened = false;
            var problem = data[at] is (byte)'{' or (byte)'[' ? Open(out opened) : ReadLeaf();
            if (problem is not null)
            {
                return problem;
            }

            if (opened)
            {
                continue;
            }

            problem = EndValue(out var finished);
            if (problem is not null || finished)
            {
                return problem;
            }
        }
    }

    /// <summary>Replaces the two letters beyond ASCII that some readers fold to ASCII ones: long s and the Kelvin sign.</summary>
    public static void Fold(ReadOnlySpan<char> name, Span<char> folded)
    {
        for (var i = 0; i < name.Length; i++)
        {
            folded[i] = name[i] switch { '\u017F' => 's', '\u212A' => 'k', var c => c };
        }
    }

    /// <param name="entered">False when the container is empty and so closed already.</param>
    private BodyProblem? Open(out bool entered)
    {
        entered = false;
        if (++depth > limits.MaxDepth)
        {
            return BodyProblem.TooDeep(at, limits.MaxDepth);
        }

        if (body.ContainerCount >= limits.MaxContainers)
        {
            return BodyProblem.TooManyValues(at);
        }

        var isArray = data[at] == '[';
        open = body.OpenContainer(at++, isArray, open, name, index, isArray ? field : map.OfObject(field));
        index = 0;
        name = -1;
        SkipSpace();
        if (at >= data.Length)
        {
            return BodyProblem.Syntax(at);
        }

        if (data[at] == (isArray ? ']' : '}'))
        {
            Close(0);
            return null;
        }

        entered = true;
        return isArray ? EnterElement() : ReadName();
    }

    private void Close(int count)
    {
        depth--;
        ref readonly var closed = ref body.CloseContainer(open, ++at, count);
        open = closed.Parent;
        index = closed.Index;
        field = closed.Field;
    }

    private BodyProblem? EnterElement()
    {
        field = map.Element(body.FieldOfContainer(open));
        return null;
    }

    /// <summary>Behind a value: closes what closes, and moves on to the next value.</summary>
    private BodyProblem? EndValue(out bool finished)
    {
        finished = false;
        while (open >= 0)
        {
            SkipSpace();
            if (at >= data.Length)
            {
                return BodyProblem.Syntax(at);
            }

            var isArray = body.IsArray(open);
            var next = data[at];
            if (next == ',')
            {
                at++;
                index++;
                SkipSpace();
                return isArray ? EnterElement() : ReadName();
            }

            if (next != (isArray ? ']' : '}'))
            {
                return BodyProblem.Syntax(at);
            }

            Close(index + 1);
        }

        finished = true;
        SkipSpace();
        return at < data.Length ? BodyProblem.TrailingData(at) : null;
    }

    private BodyProblem? ReadName()
    {
        if (at >= data.Length || data[at] != '"')
        {
            return BodyProblem.Syntax(at);
        }

        var problem = ScanString(out var start, out var length, out var escaped);
        if (problem is not null)
        {
            return problem;
        }

        if (length > limits.MaxNameLength)
        {
            return BodyProblem.NameTooLong(start, limits.MaxNameLength);
        }

        SkipSpace();
        if (at >= data.Length || data[at] != ':')
        {
            return BodyProblem.Syntax(at);
        }

        at++;
        return AddName(start, length, escaped);
    }

    private BodyProblem? AddName(int start, int length, bool escaped)
    {
        if (body.LeafCount >= limits.MaxLeaves)
        {
            return BodyProblem.TooManyValues(start);
        }

        char[]? rented = null;
        var buffer = length <= 256 ? stackalloc char[256] : rented = ArrayPool<char>.Shared.Rent(length);
        var text = buffer[..JsonEscapes.Decode(data.Slice(start, length), escaped, buffer)];
        var folded = text;
        if (text.ContainsAny('\u017F', '\u212A'))
        {
            folded = new char[text.Length];
            Fold(text, folded);
        }

        var parent = body.FieldOfContainer(open);
        var isFree = map.IsFree(parent);
        field = map.Member(parent, text, folded, out var known, out var otherCase);
        var repeated = otherCase ? 2
            : known && map.OtherSpelling(parent, text) is { } spelling ? body.AddName(open, spelling, spelling, ignoreCase: !isFree)
            : body.AddName(open, text, folded, ignoreCase: !isFree);
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        name = body.AddLeaf(new JsonLeaf
        {
            Start = start,
            Length = length,
            Container = open,
            Name = -1,
            Index = index,
            Field = field,
            Kind = JsonKind.Name,
            IsEscaped = escaped,
            IsKnownName = known,
        });
        return repeated switch { 0 => null, 1 => BodyProblem.DuplicateName(start), _ => BodyProblem.NameCase(start) };
    }

    private BodyProblem? ReadLeaf()
    {
        var start = at;
        var length = 0;
        var escaped = false;
        JsonKind kind;
        BodyProblem? problem;
        switch (data[at])
        {
            case (byte)'"':
                kind = JsonKind.String;
                problem = ScanString(out start, out length, out escaped);
                break;
            case (byte)'t':
                kind = JsonKind.True;
                problem = ScanWord("true"u8);
                break;
            case (byte)'f':
                kind = JsonKind.False;
                problem = ScanWord("false"u8);
                break;
            case (byte)'n':
                kind = JsonKind.Null;
                problem = ScanWord("null"u8);
                break;
            default:
                kind = JsonKind.Number;
                problem = ScanNumber();
                break;
        }

        if (problem is not null)
        {
            return problem;
        }

        if (kind != JsonKind.String)
        {
            length = at - start;
            if (kind == JsonKind.Number && open >= 0 && body.IsArray(open) && !body.KeepsNumber(open, length))
            {
                return null;
            }
        }

        if (body.LeafCount >= limits.MaxLeaves)
        {
            return BodyProblem.TooManyValues(start);
        }

        var leaf = body.AddLeaf(new JsonLeaf
        {
            Start = start,
            Length = length,
            Container = open,
            Name = name,
            Index = index,
            Field = field,
            Kind = kind,
            IsEscaped = escaped,
        });
        if (kind == JsonKind.String && open >= 0)
        {
            body.NoteRoleOrType(open, leaf, map[field].Traits);
        }

        return null;
    }
}
