using System.Text;
using EdgeFilter.Detection;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.OpenAi;
using EdgeFilter.Proxy.WireProtocols.Segments;
using Microsoft.AspNetCore.WebUtilities;

namespace EdgeFilter.Bench.Fuzz;

/// <summary>
/// Forms: what is accepted, an independent and more forgiving reader takes apart into the same fields with the same bytes, and
/// everything is in a field; an edited form is still one, and says what it was edited to say.
/// </summary>
internal sealed class FormTarget : IFuzzTarget
{
    private const string Boundary = "bound";

    public string Name => "forms";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        Form("Content-Disposition: form-data; name=\"prompt\"\r\n\r\nwords é \\u0041 \"x\""),
        Form(
            "Content-Disposition: form-data; name=\"model\"\r\n\r\nwhisper-1",
            "Content-Disposition: form-data; name=\"file\"; filename=\"a.mp3\"\r\nContent-Type: audio/mpeg\r\n\r\nID3\u0001\r\n--boun\r\n",
            "Content-Disposition: form-data; name=\"include[]\"\r\n\r\nlogprobs",
            "Content-Disposition: form-data; name=\"include[]\"\r\n\r\n"),
        Form(
            "Content-Disposition: form-data; name=file; filename=é.txt; filename*=utf-8''%C3%A9.txt\r\nContent-Length: 6\r\n\r\nhello\n",
            "content-disposition:form-data;name=\"chunking_strategy[type]\"\r\ncontent-transfer-encoding: binary\r\n\r\n{\"a\":\"b\"}"),
    ];

    public bool Try(byte[] input, Random random)
    {
        using var body = JsonBody.Rent();
        if (body.ReadForm(input, Boundary, OpenAiFormTables.AudioForm) is not null)
        {
            return false;
        }

        Check(Fields(input).SequenceEqual(FieldsOf(body)), "the fields differ from an independent reader's");
        using var inspected = InspectedBody.Read(body);
        Edit(body, inspected, random);
        return true;
    }

    private static void Edit(JsonBody body, InspectedBody inspected, Random random)
    {
        var splicer = new JsonSplicer(body);
        var expected = new List<string>();
        for (var i = 0; i < inspected.Segments.Length; i++)
        {
            var text = inspected.Text(i);
            if (inspected.Segments[i].IsEditable && random.Next(3) == 0)
            {
                inspected.Replace(splicer, i, new TextSpan(0, text.Length), "<é😀>");
                text = "<é😀>";
            }

            expected.Add(text);
        }

        body.DropLengths(splicer);
        using var again = JsonBody.Rent();
        var problem = again.ReadForm(splicer.ToArray(), Boundary, body.Map);
        Check(problem is null, $"an edited form can't be read: {problem?.Code}");
        using var inspectedAgain = InspectedBody.Read(again);
        Check(expected.SequenceEqual(Enumerable.Range(0, inspectedAgain.Segments.Length).Select(inspectedAgain.Text), StringComparer.Ordinal), "an edited form says something else");
    }

    // The framework's own reader takes more than is accepted here, so that it can't be what refuses.
    private static List<(string Name, string Content)> Fields(byte[] input)
    {
        var fields = new List<(string, string)>();
        var reader = new MultipartReader(Boundary, new MemoryStream(input)) { HeadersCountLimit = 64, HeadersLengthLimit = 64 * 1024 };
        while (reader.ReadNextSectionAsync().GetAwaiter().GetResult() is { } section)
        {
            using var content = new MemoryStream();
            section.Body.CopyToAsync(content).GetAwaiter().GetResult();
            var disposition = section.GetContentDispositionHeader() ?? throw new InvalidOperationException("a field has no disposition to an independent reader");
            fields.Add((Unquote(disposition.Name.ToString()), Convert.ToHexString(content.ToArray())));
        }

        return fields;
    }

    private static IEnumerable<(string Name, string Content)> FieldsOf(JsonBody body)
    {
        for (var i = 0; i < body.LeafCount; i++)
        {
            if (body.Leaves[i].Kind != JsonKind.Name)
            {
                continue;
            }

            // A field's text stands right behind its name, a file's content last in its object.
            var last = i + 1;
            while (last + 1 < body.LeafCount && body.Leaves[last + 1].Kind != JsonKind.Name)
            {
                last++;
            }

            yield return (body.Text(i), Convert.ToHexString(body.Raw(last)));
        }
    }

    private static string Unquote(string name) => name.Length > 1 && name[0] == '"' ? name[1..^1] : name;

    private static byte[] Form(params string[] parts) =>
        Encoding.UTF8.GetBytes(string.Concat(parts.Select(p => $"--{Boundary}\r\n{p}\r\n")) + $"--{Boundary}--\r\n");

    private static void Check(bool holds, string problem)
    {
        if (!holds)
        {
            throw new InvalidOperationException(problem);
        }
    }
}
