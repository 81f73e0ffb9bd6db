using System.Text;
using System.Text.Json;
using EdgeFilter.Detection;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.Answers;
using EdgeFilter.Proxy.WireProtocols.Lines;
using EdgeFilter.Proxy.WireProtocols.Segments;
using EdgeFilter.Proxy.WireProtocols.Transcripts;

namespace EdgeFilter.Bench.Fuzz;

/// <summary>
/// Files of lines, and transcripts: cut into lines they are whole again; an accepted line is JSON to an independent parser; blocked,
/// it is one line of JSON still, with nothing of its text; and of a transcript nothing is in no segment.
/// </summary>
internal sealed class LineTarget : IFuzzTarget
{
    private const string Canary = "canary";

    public string Name => "lines";

    public IReadOnlyList<byte[]> Seeds { get; } =
    [
        Encoding.UTF8.GetBytes(
            """
            {"custom_id":"1","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[{"role":"user","content":"canary"}]}}
            {"custom_id":"2","method":"POST","url":"/v1/embeddings","body":{"model":"m","input":["canary"]}}

            """),
        Encoding.UTF8.GetBytes(
            "{\"id\":\"b\",\"custom_id\":\"1\",\"response\":{\"status_code\":200,\"body\":{\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"message\":{\"content\":\"canary\"}}]}},\"error\":null}\r\n"
            + "{\"custom_id\":\"2\",\"result\":{\"type\":\"succeeded\",\"message\":{\"content\":[{\"type\":\"text\",\"text\":\"canary\"}]}}}\r\n"),
        Encoding.UTF8.GetBytes("{\"messages\":[{\"role\":\"user\",\"content\":\"canary\"}]}\n{\"prompt\":\"a\",\"completion\":\"canary\"}"),
        Encoding.UTF8.GetBytes("WEBVTT\n\nNOTE x\n\n1\n00:01.000 --> 00:02.000\ncanary 4111\n\n00:02.000 --> 00:03.000 align:left\n1111\n"),
        Encoding.UTF8.GetBytes("1\r\n00:00:01,000 --> 00:00:02,000\r\ncanary\r\nmore\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\né\r\n"),
    ];

    public bool Try(byte[] input, Random random)
    {
        var whole = new List<byte>();
        var accepted = false;
        using var body = JsonBody.Rent();
        foreach (var range in TextLines.Of(input))
        {
            whole.AddRange(input[range]);
            if (range.End.Value < input.Length)
            {
                whole.Add((byte)'\n');
            }

            accepted |= TryLine(input[range], body);
        }

        Check(whole.SequenceEqual(input), "the lines don't add up to the file");
        if (PlainText.IsText(input))
        {
            accepted = true;
            TryTranscript(input, body);
        }

        return accepted;
    }

    private static bool TryLine(byte[] line, JsonBody body)
    {
        var (kind, problem) = LineBodies.Of(line, body);
        if (problem is not null)
        {
            return false;
        }

        Check(body.Read(line, kind.Map) is null || HasOtherCase(line, kind, body), "a line that can be read can't be read as what it is");
        if (body.LeafCount == 0 && body.ContainerCount == 0)
        {
            return false;
        }

        using (JsonDocument.Parse(line, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 256 }))
        {
        }

        var splicer = new JsonSplicer(body);
        LineBlocks.Replace(kind, body, splicer, new BlockNotice("Stopped.", "req_1"));
        var blocked = splicer.ToArray();
        using var again = JsonDocument.Parse(blocked, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 256 });
        Check(!blocked.Contains((byte)'\n'), "a blocked line is more than one");
        return true;
    }

    // Names that only the fuller description knows may differ in case: then the line is refused.
    private static bool HasOtherCase(byte[] line, LineBody kind, JsonBody body) => body.Read(line, kind.Map)?.Code is "json.name-case" or "json.duplicate-name";

    private static void TryTranscript(byte[] input, JsonBody body)
    {
        body.ReadTranscript(input, TranscriptTable.Text);
        using var inspected = InspectedBody.Read(body);
        var splicer = new JsonSplicer(body);
        for (var i = 0; i < inspected.Segments.Length; i++)
        {
            if (inspected.Segments[i].IsEditable && inspected.Text(i).IndexOf(Canary, StringComparison.Ordinal) is var at and >= 0)
            {
                inspected.Replace(splicer, i, new TextSpan(at, Canary.Length), "[gone]");
            }
        }

        var text = Encoding.UTF8.GetString(input);
        var seen = string.Concat(Enumerable.Range(0, inspected.Segments.Length).Select(inspected.Text));
        Check(Letters(text) == Letters(seen), "a part of a transcript is in no segment");
        Check(Encoding.UTF8.GetString(splicer.ToArray()).Length == text.Length, "an edited transcript is another");
    }

    private static string Letters(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static void Check(bool holds, string problem)
    {
        if (!holds)
        {
            throw new InvalidOperationException(problem);
        }
    }
}
