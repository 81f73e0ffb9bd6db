using System.Text;
using System.Text.Unicode;

namespace EdgeFilter.Proxy.Bodies.Forms;

/// <summary>
/// Reads multipart/form-data more strictly than any receiver, into the same lists as JSON: a form is an object, its text fields are
/// members, and a file is an object of <c>filename</c>, <c>type</c>, and <c>text</c> or <c>data</c>.
/// </summary>
/// <remarks>
/// RFC 7578 without what receivers read differently: nothing before the first boundary and behind the last, CR LF only, no boundary
/// that only some would see, no name twice but for lists (<c>name[]</c>), text where text belongs and files where files do.
/// </remarks>
internal ref struct FormReader
{
    public const int MaxParts = 256;
    public const int MaxHeader = 4_096;

    private readonly ReadOnlySpan<byte> data;
    private readonly JsonBody body;
    private readonly FieldMap map;
    private readonly byte[] delimiter;
    private readonly Dictionary<string, bool> names = new(StringComparer.OrdinalIgnoreCase);
    private int parts;

    public FormReader(ReadOnlySpan<byte> data, string boundary, JsonBody body, FieldMap map)
    {
        this.data = data;
        this.body = body;
        this.map = map;
        delimiter = Encoding.ASCII.GetBytes($"\r\n--{boundary}");
    }

    public BodyProblem? Read()
    {
        var dashed = delimiter.AsSpan(2);
        if (!data.StartsWith(dashed))
        {
            return data.IsEmpty ? FormProblems.Empty() : FormProblems.Preamble();
        }

        body.OpenContainer(0, isArray: false, -1, -1, 0, FieldMap.Root);
        var at = dashed.Length;
        while (true)
        {
            var rest = data[at..];
            if (rest.StartsWith("--"u8))
            {
                return ReadEnd(at + 2);
            }

            if (!rest.StartsWith("\r\n"u8))
            {
                return rest.Length < 2 ? FormProblems.CutOff(at) : FormProblems.Delimiter(at);
            }

            if (ReadPart(at + 2, out at) is { } problem)
            {
                return problem;
            }
        }
    }

    private readonly BodyProblem? ReadEnd(int at)
    {
        if (at < data.Length && !data[at..].SequenceEqual("\r\n"u8))
        {
            return FormProblems.Epilogue(at);
        }

        body.CloseContainer(0, data.Length, parts);
        return parts == 0 ? FormProblems.Empty() : null;
    }

    /// <param name="next">Just behind the boundary that ends the part.</param>
    private BodyProblem? ReadPart(int start, out int next)
    {
        next = start;
        if (parts >= MaxParts)
        {
            return FormProblems.TooManyParts(start, MaxParts);
        }

        var window = data.Slice(start, Math.Min(MaxHeader, data.Length - start));
        var end = window.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return window.Length < MaxHeader ? FormProblems.CutOff(start) : FormProblems.HeaderTooLong(start, MaxHeader);
        }

        if (FormHeaderReader.Read(data, start, start + end + 2, out var part) is { } problem)
        {
            return problem;
        }

        var from = start + end + 4;
        var length = data[from..].IndexOf(delimiter);
        if (length < 0)
        {
            return FormProblems.CutOff(from);
        }

        if (part.Length >= 0)
        {
            if (part.Length != length)
            {
                return FormProblems.Header(start);
            }

            body.NoteLength(part.LengthLine.Start, part.LengthLine.Length);
        }

        if (HidesBoundary(data.Slice(from, length)))
        {
            return FormProblems.Delimiter(from);
        }

        next = from + length + delimiter.Length;
        return AddPart(part, new FormPart.Piece(from, length));
    }

    // What a forgiving receiver would take for a boundary: at the field's very beginning, or behind half a line end.
    private readonly bool HidesBoundary(ReadOnlySpan<byte> content)
    {
        var dashed = delimiter.AsSpan(1);
        return content.StartsWith(dashed[1..]) || content.IndexOf(dashed) >= 0 || content.IndexOf([(byte)'\r', .. dashed[1..]]) >= 0;
    }

    private BodyProblem? AddPart(in FormPart part, FormPart.Piece content)
    {
        var at = part.Name.Start;
        var name = Encoding.UTF8.GetString(part.Name.Of(data));
        if (!FormFieldName.TryResolve(name, map, out var resolved))
        {
            return FormProblems.Name(at);
        }

        // Two names that mean one list do; anything else twice is read as the first, the last or both.
        if (!names.TryAdd(resolved.Key, resolved.IsList) && !(resolved.IsList && names[resolved.Key]))
        {
            return FormProblems.RepeatedName(at);
        }

        var holdsFile = map.StepsFrom(resolved.Field).Any(s => s.Step == "filename");
        if (resolved.IsKnown && holdsFile != part.IsFile)
        {
            return part.IsFile ? FormProblems.FileForText(at) : FormProblems.TextForFile(at);
        }

        var index = parts++;
        var label = body.AddLeaf(new JsonLeaf
        {
            Start = part.Name.Start, Length = part.Name.Length, Container = 0, Name = -1, Index = index, Field = resolved.Field,
            Kind = JsonKind.Name, IsEscaped = false, IsKnownName = resolved.IsKnown,
        });
        if (part.IsFile)
        {
            AddFile(part, content, resolved.Field, label, index);
            return null;
        }

        if (!PlainText.IsText(content.Of(data)))
        {
            return FormProblems.NotText(content.Start);
        }

        AddLeaf(content, 0, label, index, resolved.Field, JsonKind.Plain);
        return null;
    }

    private readonly void AddFile(in FormPart part, FormPart.Piece content, short field, int label, int index)
    {
        var file = body.OpenContainer(content.Start, isArray: false, 0, label, index, field);
        var hasTwoNames = part.ExtendedFileName != default;
        // A name that stands twice, or without quotes, can't be changed in its place.
        var isFixed = hasTwoNames || data[part.FileName.Start - 1] != '"';
        AddLeaf(part.FileName, file, -1, 0, Member(field, isFixed ? "filename*" : "filename"), JsonKind.Quoted);
        if (hasTwoNames)
        {
            AddLeaf(part.ExtendedFileName, file, -1, 1, Member(field, "filename*"), JsonKind.Quoted);
        }

        if (part.Type.Length > 0)
        {
            AddLeaf(part.Type, file, -1, 2, Member(field, "type"), JsonKind.Quoted);
        }

        var isText = PlainText.IsText(content.Of(data));
        AddLeaf(content, file, -1, 3, Member(field, isText ? "text" : "data"), isText ? JsonKind.Plain : JsonKind.Binary);
        body.CloseContainer(file, content.End, 4);
    }

    private readonly short Member(short field, string name) => map.Member(field, name, name, out _, out _);

    private readonly void AddLeaf(FormPart.Piece piece, int container, int name, int index, short field, JsonKind kind) => body.AddLeaf(new JsonLeaf
    {
        Start = piece.Start, Length = piece.Length, Container = container, Name = name, Index = index, Field = field, Kind = kind, IsEscaped = false,
    });
}
