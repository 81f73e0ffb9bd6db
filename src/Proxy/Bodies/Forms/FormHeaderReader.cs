using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace EdgeFilter.Proxy.Bodies.Forms;

/// <summary>
/// Reads the header of one field. Only what every receiver reads alike passes: each header once, on one line, no backslashes in
/// quotes, no second spelling of a name that says something else.
/// </summary>
internal ref struct FormHeaderReader
{
    private static readonly SearchValues<byte> TokenBytes = SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    private readonly ReadOnlySpan<byte> data;
    private FormPart part;
    private bool hasDisposition;
    private bool hasType;
    private bool hasEncoding;
    private bool hasLength;

    private FormHeaderReader(ReadOnlySpan<byte> data) => this.data = data;

    /// <param name="data">The form.</param>
    /// <param name="start">The first byte of the header.</param>
    /// <param name="end">Just behind the CR LF of its last line.</param>
    public static BodyProblem? Read(ReadOnlySpan<byte> data, int start, int end, out FormPart part)
    {
        var reader = new FormHeaderReader(data) { part = new FormPart { Length = -1 } };
        var problem = Utf8.IsValid(data[start..end]) ? null : FormProblems.Header(start);
        for (var at = start; problem is null && at < end;)
        {
            var length = data[at..end].IndexOf("\r\n"u8);
            problem = reader.ReadLine(at, length);
            at += length + 2;
        }

        part = reader.part;
        return problem ?? (reader.hasDisposition ? null : FormProblems.Disposition(start));
    }

    private BodyProblem? ReadLine(int at, int length)
    {
        var line = data.Slice(at, length);
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || line[..colon].ContainsAnyExcept(TokenBytes) || HasControls(line))
        {
            return FormProblems.Header(at);
        }

        var name = line[..colon];
        var (start, count) = Trim(at + colon + 1, length - colon - 1);
        if (Is(name, "Content-Disposition"))
        {
            return Once(ref hasDisposition) ? ReadDisposition(start, start + count) : FormProblems.Disposition(at);
        }

        if (Is(name, "Content-Type"))
        {
            part.Type = new FormPart.Piece(start, count);
            return Once(ref hasType) ? CheckType(data.Slice(start, count), at) : FormProblems.Header(at);
        }

        if (Is(name, "Content-Transfer-Encoding"))
        {
            var value = data.Slice(start, count);
            return Once(ref hasEncoding) && (Is(value, "binary") || Is(value, "8bit") || Is(value, "7bit")) ? null : FormProblems.TransferEncoding(at);
        }

        part.LengthLine = new FormPart.Piece(at, length + 2);
        return Is(name, "Content-Length") && Once(ref hasLength) && Utf8Parser.TryParse(data.Slice(start, count), out part.Length, out var used) && used == count
            ? null
            : FormProblems.Header(at);
    }

    private BodyProblem? ReadDisposition(int at, int end)
    {
        var word = data[at..end];
        var semicolon = word.IndexOf((byte)';');
        if (semicolon < 0 || !Is(word[..semicolon].TrimEnd((byte)' '), "form-data"))
        {
            return FormProblems.Disposition(at);
        }

        at += semicolon;
        while (at < end)
        {
            if (data[at] != ';')
            {
                return FormProblems.Disposition(at);
            }

            at++;
            while (at < end && data[at] is (byte)' ' or (byte)'\t')
            {
                at++;
            }

            var equals = data[at..end].IndexOf((byte)'=');
            if (equals <= 0)
            {
                return FormProblems.Disposition(at);
            }

            var name = data.Slice(at, equals);
            var start = at + equals + 1;
            if (!TryReadValue(start, end, out var value, out var next) || !Take(name, value))
            {
                return FormProblems.Disposition(at);
            }

            at = next;
        }

        return part.Name.Length > 0 && SaysTheSame() ? null : FormProblems.Disposition(at);
    }

    private readonly bool TryReadValue(int at, int end, out FormPart.Piece value, out int next)
    {
        value = default;
        next = at;
        var isQuoted = at < end && data[at] == '"';
        var from = isQuoted ? at + 1 : at;
        var rest = data[from..end];
        var length = isQuoted ? rest.IndexOf((byte)'"') : rest.IndexOf((byte)';') is var s and >= 0 ? s : rest.Length;
        if (length < 0 || (!isQuoted && (length == 0 || rest[..length].ContainsAnyExcept(TokenBytes))) || rest[..length].Contains((byte)'\\'))
        {
            return false;
        }

        value = new FormPart.Piece(from, length);
        next = from + length + (isQuoted ? 1 : 0);
        return true;
    }

    private bool Take(ReadOnlySpan<byte> name, FormPart.Piece value)
    {
        if (Is(name, "name"))
        {
            (var isNew, part.Name) = (part.Name == default, value);
            return isNew;
        }

        if (Is(name, "filename"))
        {
            (var isNew, part.FileName, part.IsFile) = (part.FileName == default, value, true);
            return isNew;
        }

        if (Is(name, "filename*"))
        {
            (var isNew, part.ExtendedFileName) = (part.ExtendedFileName == default, value);
            return isNew;
        }

        return false;
    }

    // Receivers prefer either spelling of a file's name; .NET's own clients send both.
    private readonly bool SaysTheSame()
    {
        if (part.ExtendedFileName == default)
        {
            return true;
        }

        var plain = Encoding.UTF8.GetString(part.FileName.Of(data));
        return part.IsFile && FormNames.TryReadExtended(part.ExtendedFileName.Of(data), out var name)
            && (name == plain || name == FormNames.ReadEncodedWord(plain));
    }

    private static BodyProblem? CheckType(ReadOnlySpan<byte> type, int at)
    {
        var text = Encoding.UTF8.GetString(type);
        if (!Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(text, out var parsed))
        {
            return FormProblems.Header(at);
        }

        if (parsed.Type.Equals("multipart", StringComparison.OrdinalIgnoreCase) || parsed.Type.Equals("message", StringComparison.OrdinalIgnoreCase))
        {
            return FormProblems.NestedForm(at);
        }

        var charsets = parsed.Parameters.Where(p => p.Name.Equals("charset", StringComparison.OrdinalIgnoreCase)).ToArray();
        return charsets.Length > 1 || (charsets.Length == 1 && !Coding.JsonContentType.IsUtf8(Microsoft.Net.Http.Headers.HeaderUtilities.RemoveQuotes(charsets[0].Value)))
            ? FormProblems.Charset(at)
            : null;
    }

    private readonly (int Start, int Length) Trim(int start, int length)
    {
        while (length > 0 && data[start] is (byte)' ' or (byte)'\t')
        {
            start++;
            length--;
        }

        while (length > 0 && data[start + length - 1] is (byte)' ' or (byte)'\t')
        {
            length--;
        }

        return (start, length);
    }

    private static bool Once(ref bool seen) => !seen && (seen = true);

    private static bool Is(ReadOnlySpan<byte> bytes, string word) => Ascii.EqualsIgnoreCase(bytes, word);

    private static bool HasControls(ReadOnlySpan<byte> line) => line.ContainsAnyInRange((byte)0, (byte)0x08) || line.ContainsAnyInRange((byte)0x0A, (byte)0x1F) || line.Contains((byte)0x7F);
}
