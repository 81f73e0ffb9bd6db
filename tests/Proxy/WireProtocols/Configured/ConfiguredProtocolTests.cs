using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.Configured;
using EdgeFilter.Proxy.WireProtocols.Segments;

namespace EdgeFilter.Proxy.Tests.WireProtocols.Configured;

public class ConfiguredProtocolTests
{
    [Fact]
    public void Create_Paths_SayWhereTextLives()
    {
        var protocol = ConfiguredProtocol.Create(
            "custom.search", "search", ["POST /search/{index}"], ["$.query", "$.turns[*].text", "$.extra..*", "$[*].q"], ["$.hits[*].*"]);
        using var request = JsonBody.Rent();
        Assert.Null(request.Read(
            """{"query":"a","turns":[{"text":"b"},{"text":"c","mood":"d"}],"extra":{"x":[{"y":"e"}]}}"""u8.ToArray(), protocol.Request));
        using var inspected = InspectedBody.Read(request);

        Assert.True(protocol.Matches("POST", "/search/news", out var index));
        Assert.Equal("news", index);
        Assert.Equal(["a", "b", "c", "e"], TextsOf(inspected, SegmentRole.User));
        Assert.Equal(["d"], TextsOf(inspected, SegmentRole.Metadata));

        using var answer = JsonBody.Rent();
        Assert.Null(answer.Read("""{"hits":[{"title":"f"}],"took":"g"}"""u8.ToArray(), protocol.Response));
        using var inspectedAnswer = InspectedBody.Read(answer);
        Assert.Equal(["f"], TextsOf(inspectedAnswer, SegmentRole.Assistant));
    }

    [Theory]
    [InlineData("query")]
    [InlineData("$")]
    [InlineData("$.")]
    [InlineData("$.a b")]
    [InlineData("$.a[0]")]
    [InlineData("$.a\nb text system")]
    public void Create_PathThatCannotBeRead_SaysWhatOneLooksLike(string path)
    {
        var error = Assert.Throws<FormatException>(() => ConfiguredProtocol.Create("x", "x", ["POST /x"], [path], []));

        Assert.Contains("$.messages[*].text", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/x")]
    [InlineData("post /x")]
    [InlineData("POST x")]
    public void Create_RouteThatCannotBeRead_SaysWhatOneLooksLike(string route) =>
        Assert.Throws<FormatException>(() => ConfiguredProtocol.Create("x", "x", [route], ["$.q"], []));

    private static List<string> TextsOf(InspectedBody inspected, SegmentRole role) =>
        [.. Enumerable.Range(0, inspected.Segments.Length)
            .Where(i => inspected.Segments[i].Role == role && !inspected.Segments[i].IsName)
            .Select(inspected.Text)];
}
