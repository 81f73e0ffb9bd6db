using System.Buffers;
using EdgeFilter.Proxy.Streaming;
using EdgeFilter.Proxy.Tests.Streaming.Fakes;

namespace EdgeFilter.Proxy.Tests.Streaming;

/// <summary>Several texts at a time on one socket, told apart by the items they belong to.</summary>
public class OpenAiRealtimeStreamTests
{
    [Fact]
    public void Append_TwoResponsesInterleaved_EachTextIsJudgedByItself()
    {
        var lines = new[] { Delta("a", "one sec"), Delta("b", "two sec"), Delta("a", "ret. "), Delta("b", "urity. "), Done("a", "one secret. "), Done("b", "two security. ") };

        var shown = Shown(lines);

        Assert.Equal("one [x]. ", string.Concat(shown.Where(l => l.Contains("item_a") && l.Contains(".delta")).Select(DeltaOf)));
        Assert.Equal("two security. ", string.Concat(shown.Where(l => l.Contains("item_b") && l.Contains(".delta")).Select(DeltaOf)));
        Assert.Contains(shown, l => l.Contains("\"text\":\"one [x]. \""));
    }

    [Fact]
    public void Append_EndOfOneResponse_DoesNotCutTheTextOfAnother()
    {
        var lines = new[] { Delta("b", "two sec"), """|{"type":"response.done","response":{"id":"resp_a","status":"completed","output":[]}}""", Delta("b", "ret."), Done("b", "two secret.") };

        Assert.DoesNotContain(Shown(lines), l => l.Contains("\"ret.\"") || l.Contains("secret"));
    }

    [Fact]
    public void Append_CallBegun_NothingOfItIsSentBeforeItIsJudged()
    {
        var lines = Samples.With("openai.realtime", "Hi")[..8];

        var shown = Shown(lines);

        Assert.DoesNotContain(shown, l => l.Contains("function_call"));
    }

    [Theory]
    [InlineData("""|{"type":"response.output_text.delta","item_id":5,"content_index":0,"delta":"x"}""")]
    [InlineData("""|{"type":"response.output_text.delta","item_id":"a\u0062","content_index":0,"delta":"x"}""")]
    [InlineData("""|{"type":"response.output_text.delta","item_id":"a","content_index":"0","delta":"x"}""")]
    [InlineData("|not json")]
    public void Append_MessageThatReadersPutTogetherDifferently_EndsTheStream(string line)
    {
        using var rewriter = new StreamRewriter(OpenAiRealtimeStream.Description, new WordChannels());

        rewriter.Append(Samples.Bytes(StreamFraming.Messages, line), new ArrayBufferWriter<byte>());

        Assert.Same(StreamProblem.Unreadable, rewriter.Problem);
    }

    private static string Delta(string item, string text) =>
        $$"""|{"type":"response.output_text.delta","response_id":"resp_{{item}}","item_id":"item_{{item}}","output_index":0,"content_index":0,"delta":"{{text}}"}""";

    private static string Done(string item, string text) =>
        $$"""|{"type":"response.output_text.done","response_id":"resp_{{item}}","item_id":"item_{{item}}","output_index":0,"content_index":0,"text":"{{text}}"}""";

    private static string DeltaOf(string line) => System.Text.Json.Nodes.JsonNode.Parse(line[1..])!["delta"]!.GetValue<string>();

    private static string[] Shown(string[] lines)
    {
        using var rewriter = new StreamRewriter(OpenAiRealtimeStream.Description, new WordChannels());
        var output = new ArrayBufferWriter<byte>();
        rewriter.Append(Samples.Bytes(StreamFraming.Messages, lines), output);
        return Samples.Lines(StreamFraming.Messages, output.WrittenSpan.ToArray());
    }
}
