using System.Text;
using EdgeFilter.Detection;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Tests.Bodies;

public class NestedJsonTests
{
    [Theory]
    [InlineData("""["not json"]""", null)]
    [InlineData("""["{not json"]""", "json.syntax")]
    [InlineData("""["{\"a\":1,\"a\":2}"]""", "json.duplicate-name")]
    [InlineData("""["{\"a\":\"\\ud800\"}"]""", "json.lone-surrogate")]
    [InlineData("""[""]""", null)]
    public void TryRead_NotStrictJson_IsPlainText(string json, string? problem)
    {
        using var outer = JsonBody.Rent();
        Assert.Null(outer.Read(Encoding.UTF8.GetBytes(json)));

        Assert.Null(NestedJson.TryRead(outer, 0, null, null, out var seen));
        Assert.Equal(problem, seen?.Code);
    }

    [Theory]
    [InlineData("""["{\"a\":\"my secret\"}"]""", 3, 6, "\"X\"", """["{\"a\":\"my \\\"X\\\"\"}"]""")]
    [InlineData("""[" \n{\"é\":\"my \\u0073ecret\\n\"}"]""", 3, 6, "é\n", """[" \n{\"é\":\"my é\\n\\n\"}"]""")]
    [InlineData("""["\u007b\"a\":\"\\ud83d\\ude00secret\"}"]""", 2, 6, "X", """["\u007b\"a\":\"\\ud83d\\ude00X\"}"]""")]
    [InlineData("""["{\"a\":4111111111111111}"]""", 0, 16, "[CARD]", """["{\"a\":\"[CARD]\"}"]""")]
    public void Replace_InnerText_KeepsBothLevelsValid(string json, int start, int length, string replacement, string expected)
    {
        using var outer = JsonBody.Rent();
        Assert.Null(outer.Read(Encoding.UTF8.GetBytes(json)));
        using var nested = NestedJson.TryRead(outer, 0, null, null, out _);
        var splicer = new JsonSplicer(outer);

        nested!.Replace(splicer, 1, new TextSpan(start, length), replacement);

        Assert.Equal(expected, Encoding.UTF8.GetString(splicer.ToArray()));
    }

    [Fact]
    public void Replace_RandomEditsThreeLevelsDown_GiveExactlyTheEditedTexts() => Seeds.Check(seed =>
    {
        var random = new RandomJson(seed);
        var inner = $"[{random.Value(2)},{random.Quoted(random.Text())}]";
        var json = $"{{\"x\":[{random.Quoted($"[{random.Quoted(inner)}]")}]}}";
        using var outer = JsonBody.Rent();
        Assert.Null(outer.Read(Encoding.UTF8.GetBytes(json)));
        using var middle = NestedJson.TryRead(outer, 1, null, null, out _);
        using var nested = NestedJson.TryRead(middle!.Body, 0, null, null, out _, middle);
        var splicer = new JsonSplicer(outer);
        var expected = new List<string>();
        for (var i = 0; i < nested!.Body.LeafCount; i++)
        {
            if (nested.Body.Leaves[i].Kind == JsonKind.String)
            {
                var (text, edits) = JsonSplicerTests.Edit(nested.Body.Text(i), random);
                edits.ForEach(e => nested.Replace(splicer, i, e.Span, e.Replacement));
                expected.Add(text);
            }
        }

        using var again = JsonBody.Rent();
        Assert.Null(again.Read(splicer.ToArray()));
        using var middleAgain = NestedJson.TryRead(again, 1, null, null, out _);
        using var nestedAgain = NestedJson.TryRead(middleAgain!.Body, 0, null, null, out _, middleAgain);
        var read = nestedAgain!.Body;

        Assert.Equal(expected, Enumerable.Range(0, read.LeafCount).Where(i => read.Leaves[i].Kind == JsonKind.String).Select(read.Text));
    });
}
