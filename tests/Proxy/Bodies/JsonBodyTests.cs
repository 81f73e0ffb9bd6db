using System.Text;
using System.Text.Json;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Tests.Bodies;

public class JsonBodyTests
{
    [Theory]
    [InlineData("", "json.empty")]
    [InlineData("  \n", "json.empty")]
    [InlineData("{", "json.syntax")]
    [InlineData("[1,]", "json.syntax")]
    [InlineData("{\"a\":1,}", "json.syntax")]
    [InlineData("{a:1}", "json.syntax")]
    [InlineData("{'a':1}", "json.syntax")]
    [InlineData("{\"a\" 1}", "json.syntax")]
    [InlineData("[1 2]", "json.syntax")]
    [InlineData("[1}", "json.syntax")]
    [InlineData("[NaN]", "json.syntax")]
    [InlineData("[Infinity]", "json.syntax")]
    [InlineData("[-]", "json.syntax")]
    [InlineData("[1.]", "json.syntax")]
    [InlineData("[.5]", "json.syntax")]
    [InlineData("[1e]", "json.syntax")]
    [InlineData("[01]", "json.syntax")]
    [InlineData("[+1]", "json.syntax")]
    [InlineData("[tru]", "json.syntax")]
    [InlineData("[\"a", "json.syntax")]
    [InlineData("[\"\\", "json.syntax")]
    [InlineData("[\"\\x\"]", "json.syntax")]
    [InlineData("[\"\\u12\"]", "json.syntax")]
    [InlineData("[\"\\u12:4\"]", "json.syntax")]
    [InlineData("[\"a\nb\"]", "json.syntax")]
    [InlineData("[1] // no", "json.trailing-data")]
    [InlineData("/* no */ [1]", "json.syntax")]
    [InlineData("[1]\0", "json.trailing-data")]
    [InlineData("[1\0]", "json.syntax")]
    [InlineData("{}{}", "json.trailing-data")]
    [InlineData("\uFEFF{}", "json.byte-order-mark")]
    [InlineData("[\"\\ud800\"]", "json.lone-surrogate")]
    [InlineData("[\"\\udc00\"]", "json.lone-surrogate")]
    [InlineData("[\"\\ud800x\"]", "json.lone-surrogate")]
    [InlineData("[\"\\ud800\\u0041\"]", "json.lone-surrogate")]
    [InlineData("{\"\\ud800\":1}", "json.lone-surrogate")]
    [InlineData("{\"a\":1,\"a\":2}", "json.duplicate-name")]
    [InlineData("{\"content\":1,\"\\u0063ontent\":null}", "json.duplicate-name")]
    [InlineData("{\"x\":{\"b\":1,\"b\":1}}", "json.duplicate-name")]
    [InlineData("{\"content\":1,\"Content\":2}", "json.name-case")]
    [InlineData("{\"messages\":1,\"me\u017F\u017Fages\":2}", "json.name-case")]
    [InlineData("{\"tokens\":1,\"to\u212Aens\":2}", "json.name-case")]
    public void Read_WhatParsersDisagreeOn_IsRefused(string json, string code)
    {
        using var body = JsonBody.Rent();

        Assert.Equal(code, body.Read(Encoding.UTF8.GetBytes(json))?.Code);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'[', (byte)'"', 0xC0, 0x80, (byte)'"', (byte)']' })]
    [InlineData(new byte[] { (byte)'[', (byte)'"', 0xED, 0xA0, 0x80, (byte)'"', (byte)']' })]
    [InlineData(new byte[] { (byte)'[', (byte)'"', 0xE2, 0x82, (byte)'"', (byte)']' })]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'[', 0, (byte)']', 0 })]
    public void Read_InvalidUtf8_IsRefused(byte[] bytes)
    {
        using var body = JsonBody.Rent();

        Assert.Equal("json.invalid-utf8", body.Read(bytes)?.Code);
    }

    [Fact]
    public void Read_Utf16WithoutMark_IsRefused()
    {
        using var body = JsonBody.Rent();

        Assert.NotNull(body.Read(Encoding.Unicode.GetBytes("{\"a\":1}")));
    }

    [Fact]
    public void Read_KnownNameInOtherCase_IsRefused()
    {
        using var body = JsonBody.Rent();
        var map = FieldMap.Parse("messages[].content text user");

        Assert.Equal("json.name-case", body.Read("{\"Messages\":[]}"u8.ToArray(), map)?.Code);
        Assert.Equal("json.name-case", body.Read("{\"messages\":[{\"CONTENT\":\"x\"}]}"u8.ToArray(), map)?.Code);
        Assert.Equal("json.name-case", body.Read("{\"meſſages\":[]}"u8.ToArray(), map)?.Code);
        Assert.Null(body.Read("{\"messages\":[{\"content\":\"x\"}]}"u8.ToArray(), map));
    }

    [Fact]
    public void Read_OneMemberInBothSpellings_IsRefused()
    {
        using var body = JsonBody.Rent();
        var map = FieldMap.Parse("inlineData.mimeType word", snakeCaseToo: true);

        Assert.Null(body.Read("{\"inline_data\":{\"mimeType\":\"a\"}}"u8.ToArray(), map));
        Assert.Equal("inlineData.mimeType", body.Map[body.Leaves[2].Field].Path);
        Assert.Equal("json.duplicate-name", body.Read("{\"inlineData\":{},\"inline_data\":{}}"u8.ToArray(), map)?.Code);
        Assert.Equal("json.name-case", body.Read("{\"Inline_Data\":{}}"u8.ToArray(), map)?.Code);
    }

    [Fact]
    public void Read_ObjectWhereAListIsDescribed_IsItsOnlyElement()
    {
        using var body = JsonBody.Rent();
        var map = FieldMap.Parse("contents[].parts[] -> part\npart.text text user\nnotes[].** text\nnotes.title word");

        Assert.Null(body.Read("{\"contents\":{\"parts\":{\"text\":\"a\"}},\"notes\":{\"title\":\"b\"}}"u8.ToArray(), map));

        var said = Enumerable.Range(0, body.LeafCount).Where(leaf => body.Leaves[leaf].Kind == JsonKind.String).Select(leaf => map[body.Leaves[leaf].Field].Path);
        Assert.Equal(["part.text", "notes.title"], said);
    }

    [Fact]
    public void Dispose_Twice_IsHarmless()
    {
        var body = JsonBody.Rent();
        Assert.Null(body.Read("[1,{\"a\":\"b\"}]"u8.ToArray()));

        body.Dispose();
        body.Dispose();

        Assert.Equal(0, body.LeafCount);
        Assert.Null(body.Read("[\"again\"]"u8.ToArray()));
        Assert.Equal("again", body.Text(0));
        body.Dispose();
    }

    [Fact]
    public void Read_SendersOwnNames_MayDifferInCase()
    {
        using var body = JsonBody.Rent();
        var map = FieldMap.Parse("input.** text");

        Assert.Null(body.Read("{\"input\":{\"Id\":1,\"id\":2}}"u8.ToArray(), map));
        Assert.Equal("json.duplicate-name", body.Read("{\"input\":{\"id\":1,\"id\":2}}"u8.ToArray(), map)?.Code);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(5_000)]
    public void Read_ManyNames_FindsTheRepeatedOneAndNoOther(int count)
    {
        using var body = JsonBody.Rent();
        var members = string.Join(",", Enumerable.Range(0, count).Select(i => $"\"name{i}\":{{\"name{i}\":1}}"));

        Assert.Null(body.Read(Encoding.UTF8.GetBytes($"[{{{members}}},{{{members}}}]")));
        Assert.Equal("json.duplicate-name", body.Read(Encoding.UTF8.GetBytes($"{{{members},\"name3\":1}}"))?.Code);
        Assert.Equal("json.name-case", body.Read(Encoding.UTF8.GetBytes($"{{{members},\"NAME3\":1}}"))?.Code);
    }

    [Fact]
    public void Read_OverLimits_IsRefused()
    {
        using var body = JsonBody.Rent();
        var limits = new JsonLimits { MaxDepth = 3, MaxLeaves = 5, MaxContainers = 4, MaxNameLength = 4, MaxNumberLength = 5 };

        Assert.Null(body.Read("[[[]]]"u8.ToArray(), null, limits));
        Assert.Equal("json.too-deep", body.Read("[[[[]]]]"u8.ToArray(), null, limits)?.Code);
        Assert.Equal("json.too-many-values", body.Read("[[],[],[],[]]"u8.ToArray(), null, limits)?.Code);
        Assert.Equal("json.too-many-values", body.Read("[\"\",\"\",\"\",\"\",\"\",\"\"]"u8.ToArray(), null, limits)?.Code);
        Assert.Equal("json.name-too-long", body.Read("{\"abcde\":1}"u8.ToArray(), null, limits)?.Code);
        Assert.Equal("json.number-too-long", body.Read("[123456]"u8.ToArray(), null, limits)?.Code);
        Assert.Equal("json.too-deep", body.Read(Encoding.ASCII.GetBytes(new string('[', 1_000_000)))?.Code);
    }

    [Fact]
    public void PathOf_SendersOwnName_IsNotSpelled()
    {
        using var body = JsonBody.Rent();
        var map = FieldMap.Parse("messages[].content text user\nmetadata.* text metadata");
        Assert.Null(body.Read("{\"messages\":[{\"content\":\"x\"},{\"content\":\"y\",\"078-05-1120\":\"z\"}],\"metadata\":{\"k\":\"v\"}}"u8.ToArray(), map));

        var paths = Enumerable.Range(0, body.LeafCount).Where(i => body.Leaves[i].Kind == JsonKind.String).Select(body.PathOf);

        Assert.Equal(["messages[0].content", "messages[1].content", "messages[1].*", "metadata.*"], paths);
    }

    [Fact]
    public void Read_RandomJson_HasTheLeavesThatAnotherParserSees() => Seeds.Check(seed =>
    {
        var json = Encoding.UTF8.GetBytes(new RandomJson(seed).Value(3));
        using var body = JsonBody.Rent();
        Assert.Null(body.Read(json));

        var expected = new List<string>();
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                expected.Add(reader.GetString()!);
            }
        }

        var seen = Enumerable.Range(0, body.LeafCount).Where(i => body.Leaves[i].IsText).Select(body.Text);
        Assert.Equal(expected, seen);
    });

    [Fact]
    public void Read_DamagedJson_IsAcceptedOnlyIfAnotherParserAcceptsIt() => Seeds.Check(seed =>
    {
        var random = new RandomJson(seed);
        var json = Encoding.UTF8.GetBytes(random.Value(3));
        for (var i = 0; i < 20; i++)
        {
            var damaged = (byte[])json.Clone();
            damaged[random.Random.Next(json.Length)] = (byte)"\"\\{}[],:0u n\u00ff"[random.Random.Next(13)];
            using var body = JsonBody.Rent();
            if (body.Read(damaged) is null)
            {
                using var document = JsonDocument.Parse(damaged, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 256 });
                Assert.Equal(Shape(document.RootElement), body.ContainerCount);
            }
        }
    });

    private static int Shape(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => 1 + element.EnumerateObject().Sum(p => Shape(p.Value)),
        JsonValueKind.Array => 1 + element.EnumerateArray().Sum(Shape),
        _ => 0,
    };
}
