using System.Text;
using EdgeFilter.Detection;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Tests.Bodies;

public class JsonSplicerTests
{
    [Theory]
    [InlineData("""{"a":"my \u0073ecret \ud83d\ude00!", "n" : 1.0E2}""", 3, 6, "[X]", """{"a":"my [X] \ud83d\ude00!", "n" : 1.0E2}""")]
    [InlineData("""{"a":"é😀secret\n"}""", 3, 6, "\"\\\n\u0001", """{"a":"é😀\"\\\n\u0001\n"}""")]
    [InlineData("""{"a":"x\ud83d\ude00y"}""", 2, 1, "-", """{"a":"x-y"}""")]
    [InlineData("""{"a":"x😀y"}""", 1, 1, "-", """{"a":"x-y"}""")]
    [InlineData("""{"a":"abc"}""", 0, 3, "", """{"a":""}""")]
    [InlineData("""{"a":"abc"}""", 3, 0, "d", """{"a":"abcd"}""")]
    [InlineData("""{"a":4111111111111111}""", 0, 16, "[CARD]", """{"a":"[CARD]"}""")]
    public void Replace_PartOfAText_ChangesOnlyThat(string json, int start, int length, string replacement, string expected)
    {
        using var body = JsonBody.Rent();
        Assert.Null(body.Read(Encoding.UTF8.GetBytes(json)));
        var splicer = new JsonSplicer(body);

        splicer.Replace(1, new TextSpan(start, length), replacement);

        Assert.Equal(expected, Encoding.UTF8.GetString(splicer.ToArray()));
    }

    [Fact]
    public void Replace_OverlappingParts_AreReplacedAsOne()
    {
        using var body = JsonBody.Rent();
        Assert.Null(body.Read("""["abcdefgh"]"""u8.ToArray()));
        var splicer = new JsonSplicer(body);

        splicer.Replace(0, new TextSpan(4, 3), "2");
        splicer.Replace(0, new TextSpan(1, 4), "1");

        Assert.Equal("""["a1h"]""", Encoding.UTF8.GetString(splicer.ToArray()));
    }

    [Fact]
    public void ReplaceContainer_WinsOverChangesInside()
    {
        using var body = JsonBody.Rent();
        Assert.Null(body.Read("""{"a": {"b":"x"} ,"c":"y"}"""u8.ToArray()));
        var splicer = new JsonSplicer(body);

        splicer.Replace(2, new TextSpan(0, 1), "z");
        splicer.ReplaceContainer(1, "null"u8.ToArray());
        splicer.ReplaceValue(4, "false"u8.ToArray());

        Assert.Equal("""{"a": null ,"c":false}""", Encoding.UTF8.GetString(splicer.ToArray()));
    }

    [Fact]
    public void Replace_BeyondTheText_Throws()
    {
        using var body = JsonBody.Rent();
        Assert.Null(body.Read("""["abc"]"""u8.ToArray()));
        var splicer = new JsonSplicer(body);
        splicer.Replace(0, new TextSpan(2, 2), "");

        Assert.Throws<ArgumentOutOfRangeException>(() => splicer.ToArray());
    }

    [Fact]
    public void Replace_RandomEdits_GiveExactlyTheEditedTextsAndLeaveAllElse() => Seeds.Check(seed =>
    {
        var random = new RandomJson(seed);
        var json = Encoding.UTF8.GetBytes(random.Value(3));
        using var body = JsonBody.Rent();
        Assert.Null(body.Read(json));
        var splicer = new JsonSplicer(body);
        var expected = new List<string>();
        var untouched = new MemoryStream();
        var copied = 0;
        for (var i = 0; i < body.LeafCount; i++)
        {
            if (body.Leaves[i].Kind != JsonKind.String)
            {
                continue;
            }

            var text = body.Text(i);
            if (random.Random.Next(2) == 0)
            {
                (text, var spans) = Edit(text, random);
                foreach (var (span, replacement) in spans)
                {
                    splicer.Replace(i, span, replacement);
                }
            }

            expected.Add(text);
            untouched.Write(json, copied, body.Leaves[i].Start - copied);
            copied = body.Leaves[i].End;
        }

        untouched.Write(json, copied, json.Length - copied);
        var changed = splicer.ToArray();
        using var again = JsonBody.Rent();
        Assert.Null(again.Read(changed));

        Assert.Equal(expected, Enumerable.Range(0, again.LeafCount).Where(i => again.Leaves[i].Kind == JsonKind.String).Select(again.Text));
        Assert.Equal(untouched.ToArray(), OutsideStrings(again));
    });

    internal static (string Text, List<(TextSpan Span, string Replacement)> Edits) Edit(string text, RandomJson random)
    {
        var edits = new List<(TextSpan, string)>();
        var result = new StringBuilder();
        var at = 0;
        while (at <= text.Length && random.Random.Next(4) != 0)
        {
            var start = Snap(text, at + random.Random.Next(text.Length - at + 1));
            var end = Snap(text, start + random.Random.Next(Math.Min(5, text.Length - start + 1)));
            var replacement = random.Text(4);
            result.Append(text, at, start - at).Append(replacement);
            edits.Add((TextSpan.FromBounds(start, end), replacement));
            at = end;
            if (start == end)
            {
                break; // two insertions at one place have no order of their own
            }
        }

        return (result.Append(text, at, text.Length - at).ToString(), edits);
    }

    private static int Snap(string text, int index) => index < text.Length && char.IsLowSurrogate(text[index]) ? index + 1 : index;

    private static byte[] OutsideStrings(JsonBody body)
    {
        var rest = new MemoryStream();
        var copied = 0;
        foreach (var leaf in body.Leaves)
        {
            if (leaf.Kind == JsonKind.String)
            {
                rest.Write(body.Bytes.Span[copied..leaf.Start]);
                copied = leaf.End;
            }
        }

        rest.Write(body.Bytes.Span[copied..]);
        return rest.ToArray();
    }
}
