using System.IO.Compression;
using System.Text;
using EdgeFilter.Acceptance.Hosting;
using EdgeFilter.Proxy.Simulation;
using Microsoft.AspNetCore.Http;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>Providers that compress although nobody asked them to: whole answers and streams, in every coding that "deflate" may mean.</summary>
[Collection(ScriptedCollection.Name)]
public sealed class CompressedAnswerTests(ScriptedFixture fixture) : IDisposable
{
    private static readonly string Whole = $$"""{"id":"c","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"mail {{SyntheticValues.EmailAddress}} now"},"finish_reason":"stop"}]}""";

    private static readonly string Events = $$"""
        data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"mail {{SyntheticValues.EmailAddress[..5]}}"},"finish_reason":null}]}

        data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"{{SyntheticValues.EmailAddress[5..]}} now"},"finish_reason":null}]}

        data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

        data: [DONE]


        """;

    private readonly WireClient client = new(fixture.Proxy.Url);

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData("gzip", "gzip", false)]
    [InlineData("gzip", "gzip", true)]
    [InlineData("deflate", "deflate", false)]
    [InlineData("deflate", "deflate", true)]
    [InlineData("deflate", "bare", false)]
    [InlineData("deflate", "bare", true)]
    [InlineData("br", "br", false)]
    [InlineData("br", "br", true)]
    public async Task Answer_Compressed_IsReadAndFiltered(string header, string coding, bool stream)
    {
        Say(header, Encode(stream ? Events : Whole, coding), stream);

        var answer = await client.PostAsync(WireClient.Chat, WireClient.Prompt("hi", stream));

        Assert.Equal(200, answer.Status);
        Assert.Contains("[e-mail]", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(SyntheticValues.EmailAddress[5..], answer.Text, StringComparison.Ordinal);
        Assert.Equal(stream, answer.Text.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("bare")]
    [InlineData("br")]
    public async Task Stream_CompressedAndCutOff_EndsWithAnErrorEvent(string coding)
    {
        Say(coding == "bare" ? "deflate" : coding, Encode(Events, coding)[..^40], stream: true);

        var answer = await client.PostAsync(WireClient.Chat, WireClient.Prompt("hi", stream: true));

        Assert.Contains("data: {\"error\":{", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip, br")]
    [InlineData("compress")]
    public async Task Stream_InACodingThatIsNotUndone_IsWithheld(string header)
    {
        Say(header, Encode(Events, "gzip"), stream: true);

        var answer = await client.PostAsync(WireClient.Chat, WireClient.Prompt("hi", stream: true));

        Assert.Equal(502, answer.Status);
        Assert.Contains("can't be inspected", answer.ErrorMessage, StringComparison.Ordinal);
    }

    private void Say(string header, byte[] body, bool stream) => fixture.Upstream.Answer = async context =>
    {
        context.Response.ContentType = stream ? "text/event-stream" : "application/json";
        context.Response.Headers.ContentEncoding = header;
        for (var at = 0; at < body.Length; at += 32)
        {
            await context.Response.Body.WriteAsync(body.AsMemory(at, Math.Min(32, body.Length - at)));
            await context.Response.Body.FlushAsync();
        }
    };

    private static byte[] Encode(string text, string coding)
    {
        using var coded = new MemoryStream();
        using (Stream stream = coding switch
        {
            "gzip" => new GZipStream(coded, CompressionLevel.Optimal, leaveOpen: true),
            "deflate" => new ZLibStream(coded, CompressionLevel.Optimal, leaveOpen: true),
            "bare" => new DeflateStream(coded, CompressionLevel.Optimal, leaveOpen: true),
            _ => new BrotliStream(coded, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return coded.ToArray();
    }
}
