using EdgeFilter.Proxy.Configuration;
using Microsoft.Extensions.Configuration;

namespace EdgeFilter.Proxy.Tests.Configuration;

public class ApiReaderTests
{
    [Fact]
    public void Read_DescribedApi_IsAProtocolOfItsProvider()
    {
        var provider = Read(new()
        {
            ["Routes:0"] = "POST /search/{index}", ["RequestTextAt:0"] = "$.query", ["ResponseTextAt:0"] = "$.hits[*].text", ["Stream"] = "ndjson", ["ModelAt"] = "engine",
        }).Find("house")!;

        var api = Assert.Single(provider.Apis);
        Assert.Equal(("custom.house.search", "engine"), (api.Id, api.ModelMember));
        Assert.True(api.Matches("POST", "/search/news", out var index));
        Assert.Equal("news", index);
        Assert.NotNull(api.Stream);
    }

    [Theory]
    [InlineData("Routes:0", "search", "Providers:house:Apis:search: 'search' is not a route: write a method and a path, such as 'POST /search'.")]
    [InlineData("Routes:1", "GET /search", "Providers:house:Apis:search:Routes: requests with and without a body are two APIs")]
    [InlineData("RequestTextAt:0", "query", "Providers:house:Apis:search: 'query' is not a path to text: write it like '$.messages[*].text'.")]
    [InlineData("ResponseTextAt:0", "$..a", "Providers:house:Apis:search: '$..a' is not a path to text")]
    [InlineData("Stream", "websocket", "Providers:house:Apis:search:Stream: 'websocket' is not a way to stream. Known: none, sse, ndjson, json-array.")]
    public void Read_Mistake_SaysWhereAndWhatWouldWork(string key, string value, string message)
    {
        var api = new Dictionary<string, string?> { ["Routes:0"] = "POST /search", ["RequestTextAt:0"] = "$.query", ["ResponseTextAt:0"] = "$.text", [key] = value };

        var problem = Assert.Throws<ConfigurationException>(() => Read(api));

        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Routes:0", "Routes: name at least one method and path")]
    [InlineData("RequestTextAt:0", "RequestTextAt: say where requests hold text")]
    [InlineData("ResponseTextAt:0", "ResponseTextAt: say where answers hold text")]
    public void Read_SomethingLeftOut_SaysWhat(string key, string message)
    {
        var api = new Dictionary<string, string?> { ["Routes:0"] = "POST /search", ["RequestTextAt:0"] = "$.query", ["ResponseTextAt:0"] = "$.text" };
        api.Remove(key);
        api["Stream"] = "none";

        var problem = Assert.Throws<ConfigurationException>(() => Read(api));

        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CustomWithoutApis_IsAMistake() =>
        Assert.Contains("needs at least one API", Assert.Throws<ConfigurationException>(() => Read([])).Message, StringComparison.Ordinal);

    private static ProviderSet Read(Dictionary<string, string?> api)
    {
        var values = api.Select(p => KeyValuePair.Create("Providers:house:Apis:search:" + p.Key, p.Value))
            .Append(new("Providers:house:Protocol", "custom"))
            .Append(new("Providers:house:BaseAddress", "https://house.example/"));
        return ProviderSet.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
    }
}
