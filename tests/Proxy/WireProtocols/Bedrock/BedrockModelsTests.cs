using EdgeFilter.Proxy.WireProtocols;

namespace EdgeFilter.Proxy.Tests.WireProtocols.Bedrock;

/// <summary>Which vendor's bodies a model takes.</summary>
public class BedrockModelsTests
{
    [Theory]
    [InlineData("anthropic.claude-3-haiku-20240307-v1:0", "bedrock.invoke_anthropic")]
    [InlineData("eu.anthropic.claude-3.5-x", "bedrock.invoke_anthropic")]
    [InlineData("anthropic.claude-3.5-x.y", "bedrock.invoke_anthropic")]
    [InlineData("arn:aws:bedrock:eu-central-1:123456789012:inference-profile%2Feu.anthropic.claude-x", "bedrock.invoke_anthropic")]
    [InlineData("amazon.nova-lite-v1:0", "bedrock.invoke_nova")]
    [InlineData("us.amazon.nova-pro-v1:0", "bedrock.invoke_nova")]
    [InlineData("amazon.titan-text-express-v1", "bedrock.invoke_other")]
    [InlineData("meta.llama3-8b-instruct-v1:0", "bedrock.invoke_other")]
    [InlineData("us.meta.llama3-3-70b-instruct-v1:0", "bedrock.invoke_other")]
    [InlineData("arn:aws:bedrock:us-east-1:123456789012:imported-model%2Fabc123", "bedrock.invoke_other")]
    public void Find_Invoke_ByTheModelsVendor(string model, string expected)
    {
        Assert.Equal(expected, WireProtocolCatalog.Find("bedrock", "POST", $"/model/{model}/invoke", out var named)?.Id);
        Assert.Equal(model, named);
        Assert.Equal(expected + "_stream", WireProtocolCatalog.Find("bedrock", "POST", $"/model/{model}/invoke-with-response-stream", out _)?.Id);
    }
}
