using System.Text;
using EdgeFilter.Detection;
using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.Bodies.Forms;
using EdgeFilter.Proxy.WireProtocols.OpenAi;
using EdgeFilter.Proxy.WireProtocols.Segments;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeFilter.Proxy.Tests.Bodies.Forms;

public class FormReaderTests
{
    private const string Disposition = "Content-Disposition: form-data; name=\"prompt\"";
    private const string Audio = "ID3\0\u0001";

    /// <summary>Each form that two receivers read differently, or that carries bytes which no field shows.</summary>
    public static TheoryData<string, string> Refused => new()
    {
        { "form.preamble", $"hidden\r\n--{Form.Boundary}\r\n{Disposition}\r\n\r\nx\r\n--{Form.Boundary}--\r\n" },
        { "form.preamble", $"\r\n--{Form.Boundary}\r\n{Disposition}\r\n\r\nx\r\n--{Form.Boundary}--\r\n" },
        { "form.epilogue", Text(Form.Field("prompt", "x")) + "hidden" },
        { "form.epilogue", Text(Form.Field("prompt", "x")) + Text(Form.Field("prompt", "y")) },
        { "form.empty", "" },
        { "form.empty", $"--{Form.Boundary}--\r\n" },
        { "form.cut-off", Text(Form.Field("prompt", "x"))[..^8] },
        { "form.cut-off", $"--{Form.Boundary}\r\n{Disposition}\r\n" },
        { "form.delimiter", Text(Form.Field("prompt", "x")).Replace("\r\n", "\n", StringComparison.Ordinal) },
        { "form.delimiter", $"--{Form.Boundary} \r\n{Disposition}\r\n\r\nx\r\n--{Form.Boundary}--\r\n" },
        { "form.delimiter", $"--{Form.Boundary}\r\n{Disposition}\r\n\r\nx\r\n--{Form.Boundary}9\r\n\r\nhidden\r\n--{Form.Boundary}--\r\n" },
        { "form.delimiter", Text(Form.Field("prompt", $"x\n--{Form.Boundary}\n{Disposition}\n\nhidden")) },
        { "form.delimiter", Text(Form.Field("prompt", $"x\r--{Form.Boundary}\r")) },
        { "form.delimiter", Text(Form.Field("prompt", $"--{Form.Boundary}--")) },
        { "form.repeated-name", Text(Form.Field("prompt", "x"), Form.Field("prompt", "y")) },
        { "form.repeated-name", Text(Form.Field("prompt", "x"), Form.Field("prompt[]", "y")) },
        { "form.repeated-name", Text(Form.Field("other", "x"), Form.Field("OTHER", "y")) },
        { "form.name", Text(Form.Field("Prompt", "x")) },
        { "form.name", Text(Form.Field("_charset_", "utf-7")) },
        { "form.name", Text(Form.Field("a]b[", "x")) },
        { "form.name", Text(Form.Field("a[][]", "x")) },
        { "form.file-for-text", Text(Form.File("prompt", "p.txt", "x")) },
        { "form.text-for-file", Text(Form.Field("file", "x")) },
        { "form.not-text", Text(Form.Field("prompt", "x\0y")) },
        { "form.disposition", Text("Content-Type: text/plain\r\n\r\nx") },
        { "form.disposition", Text($"{Disposition}\r\n{Disposition}\r\n\r\nx") },
        { "form.disposition", Text("Content-Disposition: form-data; name*=UTF-8''prompt\r\n\r\nx") },
        { "form.disposition", Text("Content-Disposition: form-data; name=\"other\"; name*=UTF-8''prompt\r\n\r\nx") },
        { "form.disposition", Text("Content-Disposition: form-data; name=\"other\"; name=\"prompt\"\r\n\r\nx") },
        { "form.disposition", Text("Content-Disposition: form-data; name=\"pro\\\"mpt\"\r\n\r\nx") },
        { "form.disposition", Text("Content-Disposition: form-data; name=prompt; size=4\r\n\r\nx") },
        { "form.disposition", Text("Content-Disposition: attachment; name=\"prompt\"\r\n\r\nx") },
        { "form.disposition", Text("Content-Disposition: form-data; name=\"file\"; filename=\"a.mp3\"; filename*=UTF-8''b.mp3\r\n\r\nx") },
        { "form.disposition", Text("Content-Disposition: form-data; name=\"file\"; filename*=UTF-8''b.mp3\r\n\r\nx") },
        { "form.header", Text($"{Disposition}\r\n folded\r\n\r\nx") },
        { "form.header", Text($"{Disposition}\r\nX-Note: hidden\r\n\r\nx") },
        { "form.header", Text($"{Disposition}\r\nContent-Length: 9\r\n\r\nx") },
        { "form.header", Text($"{Disposition}\nContent-Type: text/plain\r\n\r\nx") },
        { "form.header", Text("\r\nx\r\n\r\ny") },
        { "form.transfer-encoding", Text($"{Disposition}\r\nContent-Transfer-Encoding: base64\r\n\r\neA==") },
        { "form.nested", Text($"{Disposition}\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\nx") },
        { "form.charset", Text($"{Disposition}\r\nContent-Type: text/plain; charset=utf-16le\r\n\r\nx") },
        { "form.header-too-long", Text($"{Disposition}; filename=\"{new string('a', 5_000)}\"\r\n\r\nx") },
        { "form.too-many-parts", Text([.. Enumerable.Range(0, 300).Select(i => Form.Field($"f{i}", "x"))]) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void ReadForm_TwoReadings_IsRefused(string code, string form)
    {
        using var body = JsonBody.Rent();

        Assert.Equal(code, body.ReadForm(Form.Raw(form), Form.Boundary, OpenAiFormTables.AudioForm)?.Code);
    }

    [Fact]
    public void ReadForm_InvalidUtf8InAField_IsRefused()
    {
        var form = Form.Of(Form.Field("prompt", "x?y"));
        form[Array.IndexOf(form, (byte)'?')] = 0xC0;
        using var body = JsonBody.Rent();

        Assert.Equal("form.not-text", body.ReadForm(form, Form.Boundary, OpenAiFormTables.AudioForm)?.Code);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=abc", "abc")]
    [InlineData("multipart/form-data; boundary=\"a b c\"", "a b c")]
    [InlineData("multipart/form-data", null)]
    [InlineData("multipart/form-data; boundary=abc; boundary=def", null)]
    [InlineData("multipart/form-data; boundary=abc; charset=utf-8", null)]
    [InlineData("multipart/form-data; boundary=\"\"", null)]
    [InlineData("multipart/form-data; boundary=\"a\\\"b\"", null)]
    [InlineData("multipart/form-data; boundary=\"abc \"", null)]
    [InlineData("multipart/mixed; boundary=abc", null)]
    [InlineData("application/json", null)]
    [InlineData(null, null)]
    public void ContentType_NamesOneBoundary(string? type, string? expected)
    {
        var problem = FormContentType.Read(type, out var boundary);

        Assert.Equal(expected is null ? "type.not-form" : null, problem?.Code);
        if (expected is not null)
        {
            Assert.Equal(expected, boundary);
        }
    }

    [Theory]
    [InlineData("Content-Disposition: form-data; name=file; filename=a.mp3; filename*=utf-8''a.mp3\r\nContent-Length: 5")]
    [InlineData("Content-Disposition: form-data; name=\"file\"; filename=\"=?utf-8?B?w6kubXAz?=\"; filename*=utf-8''%C3%A9.mp3")]
    [InlineData("content-disposition: form-data;name=\"file\";filename=\"é.mp3\"\r\ncontent-type: audio/mpeg\r\nContent-Transfer-Encoding: binary")]
    public void ReadForm_HeadersOfRealClients_AreRead(string headers)
    {
        using var body = JsonBody.Rent();

        Assert.Null(body.ReadForm(Form.Of(Form.Field("model", "whisper-1"), $"{headers}\r\n\r\n{Audio}"), Form.Boundary, OpenAiFormTables.AudioForm));
    }

    [Fact]
    public void ReadForm_Lists_MayRepeatTheirNames()
    {
        using var body = JsonBody.Rent();
        var form = Form.Of(
            Form.Field("include[]", "logprobs"), Form.Field("include[]", "x"), Form.Field("chunking_strategy[type]", "server_vad"),
            Form.Field("chunking_strategy[other]", "y"), Form.File("file", "a.mp3", Audio));

        Assert.Null(body.ReadForm(form, Form.Boundary, OpenAiFormTables.AudioForm));
    }

    [Fact]
    public void Read_EveryFieldAndFileName_IsASegmentWithItsRole()
    {
        using var body = JsonBody.Rent();
        var form = Form.Of(
            Form.Field("prompt", "The \"prompt\" \\u0041"), Form.Field("odd name", "unknown text"), Form.Field("chunking_strategy", """{"type":"said here"}"""),
            Form.File("file", "Maria's call.mp3", Audio, "audio/mpeg"), Form.File("mystery", "m.txt", "text of a file"));
        Assert.Null(body.ReadForm(form, Form.Boundary, OpenAiFormTables.AudioForm));
        using var inspected = InspectedBody.Read(body);

        var listing = Enumerable.Range(0, inspected.Segments.Length)
            .Select(i => $"{inspected.Segments[i].Role}{(inspected.Segments[i].IsEditable ? "" : " fixed")} {inspected.PathOf(i)} = {inspected.Text(i)}");
        Assert.Equal(
            """
            User prompt = The "prompt" \u0041
            Metadata fixed * = odd name
            Metadata * = unknown text
            Metadata fixed chunking_strategy:* = type
            Metadata chunking_strategy:* = said here
            Metadata file.filename = Maria's call.mp3
            Metadata fixed file.type = audio/mpeg
            Metadata fixed * = mystery
            Metadata fixed *[0] = m.txt
            Metadata fixed *[2] = application/octet-stream
            Metadata *[3] = text of a file
            """,
            string.Join('\n', listing));
        var sound = Assert.Single(inspected.Coverage, c => c.Kind == CoverageKind.Audio);
        Assert.Equal(("file.data", 5, "audio/mpeg"), (sound.Path, sound.Size, sound.MediaType));
    }

    /// <summary>Law 2: only the text that changes is changed, and the form stays the form it was.</summary>
    [Fact]
    public void Replace_AnyEditableText_ChangesThatTextAndNoOther()
    {
        var texts = Gen.ListOf(Gen.Elements("a", "é", "😀", "\\", "\"", "\r\n", "\n", "--", "4111", " ", "\\u0041", "{", "%22")).Select(l => string.Concat(l));
        Prop.ForAll(Arb.From(texts), Arb.From(texts), (first, second) =>
        {
            var form = Form.Of(Form.Field("prompt", first), Form.Field("language", second), Form.File("file", "n.mp3", second), Form.Field("x", "y"));
            using var body = JsonBody.Rent();
            Assert.Null(body.ReadForm(form, Form.Boundary, OpenAiFormTables.AudioForm));
            using var inspected = InspectedBody.Read(body);
            for (var i = 0; i < inspected.Segments.Length; i++)
            {
                if (!inspected.Segments[i].IsEditable)
                {
                    continue;
                }

                var splicer = new JsonSplicer(body);
                inspected.Replace(splicer, i, new TextSpan(0, inspected.Text(i).Length), "<GONE>");
                using var again = JsonBody.Rent();
                Assert.Null(again.ReadForm(splicer.ToArray(), Form.Boundary, OpenAiFormTables.AudioForm));
                using var changed = InspectedBody.Read(again);

                Assert.Equal("<GONE>", changed.Text(i));
                Assert.Equal(Others(inspected, i), Others(changed, i));
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Replace_PartOfAFieldBehindABackslash_HitsThatPart()
    {
        using var body = JsonBody.Rent();
        Assert.Null(body.ReadForm(Form.Of(Form.Field("prompt", @"C:\new é 4111 end")), Form.Boundary, OpenAiFormTables.AudioForm));
        var splicer = new JsonSplicer(body);
        splicer.Replace(1, new TextSpan(9, 4), "\"card\"");

        Assert.Contains("\r\n\r\n" + @"C:\new é ""card"" end" + "\r\n--", Encoding.UTF8.GetString(splicer.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Replace_InAFileName_NeverEndsTheNameOrTheLine()
    {
        using var body = JsonBody.Rent();
        Assert.Null(body.ReadForm(Form.Of(Form.File("file", "a.mp3", Audio)), Form.Boundary, OpenAiFormTables.AudioForm));
        var splicer = new JsonSplicer(body);
        splicer.ReplaceAll(1, "x\"\r\n\\; name=\"prompt");
        using var again = JsonBody.Rent();

        Assert.Null(again.ReadForm(splicer.ToArray(), Form.Boundary, OpenAiFormTables.AudioForm));
        Assert.Equal("x%22%0D%0A%5C; name=%22prompt", again.Text(1));
    }

    private static string Text(params string[] parts) => Encoding.UTF8.GetString(Form.Of(parts));

    private static List<string> Others(InspectedBody inspected, int but) =>
        [.. Enumerable.Range(0, inspected.Segments.Length).Where(i => i != but).Select(inspected.Text)];
}
