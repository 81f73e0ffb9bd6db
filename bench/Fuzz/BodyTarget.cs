using System.Text;
using System.Text.Json;
using EdgeFilter.Detection;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols;
using EdgeFilter.Proxy.WireProtocols.Segments;

namespace EdgeFilter.Bench.Fuzz;

/// <summary>
/// Bodies of every protocol: what is accepted, an independent parser accepts too and reads the same strings from; and an edited
/// body says what it was edited to say, and else what it said before.
/// </summary>
internal sealed class BodyTarget(string samples) : IFuzzTarget
{
    private static readonly JsonDocumentOptions Independent = new() { AllowDuplicateProperties = false, MaxDepth = 256 };
    private readonly WireProtocol[] protocols = [.. WireProtocolCatalog.All];

    public string Name => "bodies";

    public IReadOnlyList<byte[]> Seeds { get; } = [.. Directory.GetFiles(samples, "*.json").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    public bool Try(byte[] input, Random random)
    {
        var protocol = protocols[random.Next(protocols.Length)];
        var map = random.Next(2) == 0 ? protocol.Request : protocol.Response;
        using var body = JsonBody.Rent();
        if (body.Read(input, map) is not null)
        {
            return false;
        }

        using (var document = JsonDocument.Parse(input, Independent))
        {
            var expected = new List<string>();
            Collect(document.RootElement, expected);
            var seen = Enumerable.Range(0, body.LeafCount).Where(i => body.Leaves[i].IsText).Select(body.Text);
            Check(expected.SequenceEqual(seen, StringComparer.Ordinal), "the strings differ from an independent parser's");
        }

        using var inspected = InspectedBody.Read(body);
        ReadTexts(inspected);
        Edit(body, inspected, random);
        return true;
    }

    private static void ReadTexts(InspectedBody inspected)
    {
        var seen = new bool[inspected.Segments.Length];
        var places = new List<PiecePlace>();
        using var texts = inspected.Texts(reach: 8);
        while (texts.Next())
        {
            texts.Locate(new TextSpan(0, texts.Text.Length), places);
            foreach (var place in places)
            {
                seen[place.Segment] |= !texts.IsJoined;
                Check(place.Span.End <= inspected.Text(place.Segment).Length, "a place lies outside its segment");
            }
        }

        for (var i = 0; i < seen.Length; i++)
        {
            Check(seen[i] || inspected.Text(i).Length == 0, "a segment is in no text");
        }
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
                inspected.Replace(splicer, i, new TextSpan(0, text.Length), "<\"é😀\\>");
                text = "<\"é😀\\>";
            }

            expected.Add(text);
        }

        var changed = splicer.ToArray();
        using var again = JsonBody.Rent();
        Check(again.Read(changed, body.Map) is null, "an edited body can't be read");
        using var inspectedAgain = InspectedBody.Read(again);
        var actual = Enumerable.Range(0, inspectedAgain.Segments.Length).Select(inspectedAgain.Text);
        Check(expected.SequenceEqual(actual, StringComparer.Ordinal), "an edited body says something else");
    }

    private static void Collect(JsonElement element, List<string> strings)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    strings.Add(member.Name);
                    Collect(member.Value, strings);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Collect(item, strings);
                }

                break;
            case JsonValueKind.String:
                strings.Add(element.GetString()!);
                break;
        }
    }

    private static void Check(bool holds, string problem)
    {
        if (!holds)
        {
            throw new InvalidOperationException(problem);
        }
    }
}
