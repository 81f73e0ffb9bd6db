using System.Text;
using EdgeFilter.Proxy.Commands;
using Xunit;

namespace EdgeFilter.Proxy.Tests.Commands;

public sealed class ModelTokensTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("edgefilter-tokens-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(false, "{\"id\":1,\"ids\":[2,1],\"offsets\":[[0,2],[3,4]]}\n")]
    [InlineData(true, "{\"id\":1,\"ids\":[2,1],\"offsets\":[[0,1],[2,3]]}\n")]
    public void Run_TextWithAnEmoji_WritesIdsAndOffsets(bool codePoints, string expected)
    {
        var (code, output, _) = Run("""{"model":{"type":"WordLevel","vocab":{"a":0,"b":1,"u":2},"unk_token":"u"},"pre_tokenizer":{"type":"WhitespaceSplit"}}""", codePoints);

        Assert.Equal((0, expected), (code, output));
    }

    [Fact]
    public void Run_NoTokenizer_SaysWhatIsWrong()
    {
        var (code, output, errors) = Run("{}", codePoints: false);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("'model' is missing", errors, StringComparison.Ordinal);
    }

    private (int Code, string Output, string Errors) Run(string tokenizer, bool codePoints)
    {
        var file = new FileInfo(Path.Combine(folder.FullName, "tokenizer.json"));
        File.WriteAllText(file.FullName, tokenizer);
        using var output = new MemoryStream();
        var errors = new StringWriter();
        var code = ModelTokens.Run(file, framed: true, codePoints, new MemoryStream("{\"id\":1,\"text\":\"😀 b\"}\n"u8.ToArray()), output, errors);
        return (code, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }
}
