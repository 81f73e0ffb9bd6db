using System.Globalization;
using System.Text;
using EdgeFilter.Detection;
using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.OpenAi;
using EdgeFilter.Proxy.WireProtocols.Segments;

namespace EdgeFilter.Proxy.Tests.WireProtocols;

public class SegmentTests
{
    public static TheoryData<string> Names => [.. Samples.Names];

    /// <summary>The listing beside each sample shows who says what, what may be changed, and what isn't inspected.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Read_Sample_HasTheSegmentsThatAreKeptBesideIt(string name)
    {
        using var body = JsonBody.Rent();
        Assert.Null(body.Read(Samples.Bytes(name), Samples.MapOf(name)));
        using var inspected = InspectedBody.Read(body);
        var listing = new StringBuilder();
        for (var i = 0; i < inspected.Segments.Length; i++)
        {
            var segment = inspected.Segments[i];
            var marks = (segment.IsEditable ? "" : " fixed") + (segment.IsName ? " name" : "") + (segment.Echo >= 0 ? " echo" : "");
            listing.Append($"{segment.Role}{marks} {inspected.PathOf(i)} = {inspected.Text(i)}\n");
        }

        listing.Append("\ncoverage\n");
        foreach (var item in inspected.Coverage)
        {
            listing.Append(string.Create(CultureInfo.InvariantCulture, $"{item.Kind} {item.Path} {item.Size} {item.MediaType}").TrimEnd()).Append('\n');
        }

        listing.Append("\ntexts\n");
        using var texts = inspected.Texts();
        while (texts.Next())
        {
            listing.Append($"{texts.Role}{(texts.IsJoined ? " joined" : "")}{(texts.Choice >= 0 ? $" choice {texts.Choice}" : "")}: ");
            listing.Append(texts.Text.ToString().Replace("\n", "⏎", StringComparison.Ordinal)).Append('\n');
        }

        Samples.AssertGolden(name + ".segments.txt", listing.ToString());
    }

    /// <summary>Law 4: a canary in any string or name is in a text that is judged, or the place is listed as opaque with its reason.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Read_CanaryInAnyString_IsJudgedOrListed(string name)
    {
        const string Canary = "canary sings 4111";
        var bytes = Samples.Bytes(name);
        var map = Samples.MapOf(name);
        using var sample = JsonBody.Rent();
        Assert.Null(sample.Read(bytes, map));
        var splicer = new JsonSplicer(sample);
        for (var leaf = 0; leaf < sample.LeafCount; leaf++)
        {
            if (!sample.Leaves[leaf].IsText)
            {
                continue;
            }

            splicer.Begin(sample);
            splicer.ReplaceAll(leaf, Canary);
            using var body = JsonBody.Rent();
            Assert.Null(body.Read(splicer.ToArray(), map));
            using var inspected = InspectedBody.Read(body);

            var field = map[sample.Leaves[leaf].Field];
            var isCredential = field.Default?.Kind == FieldKind.Credential && sample.Leaves[leaf].Kind == JsonKind.String;
            Assert.True(isCredential || IsJudged(inspected, Canary), $"A canary at {sample.PathOf(leaf)} of {name} is judged nowhere.");
        }
    }

    /// <summary>The bytes of a form's file stand there as they are: text in another encoding is judged, and stays a file that may say more.</summary>
    [Theory]
    [InlineData("latin1", "caf\u00e9, and the words that count", true)]
    [InlineData("utf-16", "\ufeffand the words that count", true)]
    [InlineData("latin1", "%PDF-1.7\n\u00e2\u00e3 and the words that count", false)]
    [InlineData("latin1", "\u0001\u0002\u0003\u0004\u0005\u0006\u00ff\u00fe words of noise", false)]
    public void Read_FileOfAForm_InAnotherEncoding_IsJudgedAsText(string encoding, string text, bool isRead)
    {
        byte[] form = [.. "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"u8, .. Encoding.GetEncoding(encoding).GetBytes(text), .. "\r\n--b--\r\n"u8];
        using var body = JsonBody.Rent();
        Assert.Null(body.ReadForm(form, "b", OpenAiFormTables.FileForm));
        using var inspected = InspectedBody.Read(body);

        var texts = inspected.Segments.ToArray().Select((segment, i) => (segment.IsEditable, Text: inspected.Text(i).ToString())).Where(s => s.Text == text);
        Assert.Equal(isRead ? [(false, text)] : [], texts);
        Assert.Contains(inspected.Coverage.ToArray(), item => item.Kind == CoverageKind.File);
    }

    /// <summary>Gemini's own examples write one object where a list of one is meant: it must be a user's text, not a member that nobody knows.</summary>
    [Theory]
    [InlineData("""{"contents":{"parts":{"text":"words"}}}""")]
    [InlineData("""{"contents":{"role":"user","parts":[{"text":"words"}]}}""")]
    [InlineData("""{"contents":[{"parts":{"text":"words"}}]}""")]
    public void Read_ObjectInPlaceOfAList_IsItsSpeakersText(string json)
    {
        using var body = JsonBody.Rent();
        Assert.Null(body.Read(Encoding.UTF8.GetBytes(json), Samples.MapOf("gemini.generate.request")));
        using var inspected = InspectedBody.Read(body);

        var said = inspected.Segments.ToArray().Select((segment, i) => (segment.Role, segment.IsEditable, Text: inspected.Text(i).ToString())).Single(s => s.Text == "words");
        Assert.Equal((SegmentRole.User, true, "words"), said);
        Assert.DoesNotContain(inspected.Coverage.ToArray(), item => item.Kind == CoverageKind.UnknownField);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Replace_EveryEditableSegment_ChangesThatTextAndNoOther(string name)
    {
        using var body = JsonBody.Rent();
        Assert.Null(body.Read(Samples.Bytes(name), Samples.MapOf(name)));
        using var inspected = InspectedBody.Read(body);
        for (var i = 0; i < inspected.Segments.Length; i++)
        {
            if (!inspected.Segments[i].IsEditable)
            {
                continue;
            }

            var splicer = new JsonSplicer(body);
            inspected.Replace(splicer, i, new TextSpan(0, inspected.Text(i).Length), "<\"GONE\">");
            using var again = JsonBody.Rent();
            Assert.Null(again.Read(splicer.ToArray(), body.Map));
            using var changed = InspectedBody.Read(again);

            Assert.Equal("<\"GONE\">", changed.Text(i));
            Assert.Equal(Others(inspected, i), Others(changed, i));
        }
    }

    [Fact]
    public void Texts_SecretSplitOverParts_IsOneTextAndIsFoundAgainInBoth()
    {
        var long1 = new string('a', 5_000) + " 4111 1111";
        var json = $$"""{"messages":[{"role":"user","content":[{"type":"text","text":"{{long1}}"},{"type":"text","text":"1111 1111 {{new string('b', 5_000)}}"}]}]}""";
        using var body = JsonBody.Rent();
        Assert.Null(body.Read(Encoding.UTF8.GetBytes(json), Proxy.WireProtocols.OpenAi.OpenAiChatTables.Request));
        using var inspected = InspectedBody.Read(body);
        using var texts = inspected.Texts();
        var places = new List<PiecePlace>();
        var found = 0;
        while (texts.Next())
        {
            var at = texts.Text.IndexOf("4111 1111 1111 1111");
            if (at < 0)
            {
                continue;
            }

            found++;
            Assert.True(texts.IsJoined);
            Assert.InRange(texts.Text.Length, 1000, 1100);
            texts.Locate(new TextSpan(at, 19), places);
            Assert.Equal([new PiecePlace(0, new TextSpan(5_001, 9)), new PiecePlace(1, new TextSpan(0, 9))], places);
        }

        Assert.Equal(1, found);
    }

    /// <summary>A value split over two messages that one speaker sends in a row is in one text; over another's answer it is not.</summary>
    [Theory]
    [InlineData("user", "user", true)]
    [InlineData("tool", "tool", true)]
    [InlineData("assistant", "assistant", true)]
    [InlineData("user", "assistant", false)]
    public void Texts_SecretSplitOverMessages_IsOneTextWhenOneSpeakerSendsThem(string first, string second, bool isFound)
    {
        var json = $$"""{"messages":[{"role":"system","content":"s"},{"role":"{{first}}","content":"card 4111 1111"},{"role":"{{second}}","content":[{"type":"text","text":"1111 1111 please"}]}]}""";
        using var body = JsonBody.Rent();
        Assert.Null(body.Read(Encoding.UTF8.GetBytes(json), Proxy.WireProtocols.OpenAi.OpenAiChatTables.Request));
        using var inspected = InspectedBody.Read(body);
        using var texts = inspected.Texts();
        var places = new List<PiecePlace>();
        var found = 0;
        while (texts.Next())
        {
            if (texts.Text.IndexOf("4111 1111 1111 1111") is var at and >= 0)
            {
                found++;
                Assert.True(texts.IsAcross && texts.IsJoined);
                texts.Locate(new TextSpan(at, 19), places);
                Assert.Equal(2, places.Count);
            }
        }

        Assert.Equal(isFound ? 1 : 0, found);
    }

    [Theory]
    [InlineData("openai.chat.request", "078-05-1120", "lookup")]
    [InlineData("openai.chat.request", "select name from people", "sql")]
    [InlineData("openai.chat.request", "what", "old")]
    [InlineData("openai.chat.request", "Answer briefly.", "")]
    [InlineData("anthropic.messages.request", "a1", "lookup")]
    [InlineData("gemini.generate.request", "Ana Díaz", "lookup")]
    [InlineData("mcp.request", "ana@example.com", "send_mail")]
    public void ToolOf_Arguments_IsTheToolsName(string name, string text, string tool)
    {
        using var body = JsonBody.Rent();
        Assert.Null(body.Read(Samples.Bytes(name), Samples.MapOf(name)));
        using var inspected = InspectedBody.Read(body);
        var segment = Enumerable.Range(0, inspected.Segments.Length).First(i => inspected.Text(i) == text);

        Assert.Equal(tool, inspected.ToolOf(segment));
    }

    private static bool IsJudged(InspectedBody inspected, string canary)
    {
        using var texts = inspected.Texts();
        while (texts.Next())
        {
            if (texts.Text.Contains(canary, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    // A text in base64 stands there twice: as it is read and as it is spelled.
    private static List<string> Others(InspectedBody inspected, int but) =>
    [
        .. Enumerable.Range(0, inspected.Segments.Length)
            .Where(i => i != but && !(inspected.Segments[i].Leaf == inspected.Segments[but].Leaf && inspected.Segments[i].Document == 0 && inspected.Segments[but].Document > 0))
            .Select(inspected.Text),
    ];
}
