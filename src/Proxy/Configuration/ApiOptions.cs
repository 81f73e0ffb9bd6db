namespace EdgeFilter.Proxy.Configuration;

/// <summary>A JSON API that no built-in protocol describes: an entry of a provider's <c>Apis</c>, whose key names it in records.</summary>
internal sealed class ApiOptions
{
    /// <summary>Methods and paths behind the provider's prefix: <c>POST /search/{index}</c>.</summary>
    public List<string> Routes { get; set; } = [];

    /// <summary>Where requests hold text: <c>$.query</c>, <c>$.turns[*].text</c>. All else is inspected as untrusted metadata.</summary>
    public List<string> RequestTextAt { get; set; } = [];

    /// <summary>Where answers, or the events of a stream, hold text.</summary>
    public List<string> ResponseTextAt { get; set; } = [];

    /// <summary>How answers stream: <c>none</c>, <c>sse</c>, <c>ndjson</c> or <c>json-array</c>. Pieces at one path continue one text.</summary>
    /// <value>The default is <c>none</c>: a stream is then refused.</value>
    public string Stream { get; set; } = "none";

    /// <summary>The member of a request that names the model, for policies that ask for it.</summary>
    public string ModelAt { get; set; } = "model";
}
