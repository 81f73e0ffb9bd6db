using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.Streaming;
using EdgeFilter.Proxy.WireProtocols.Answers;

namespace EdgeFilter.Proxy.WireProtocols;

/// <summary>One API of a provider, described: its paths, where its text lives, how it says no. Immutable.</summary>
internal sealed class WireProtocol
{
    private readonly RoutePattern[] routes;

    public WireProtocol(params string[] routes)
    {
        this.routes = [.. routes.Select(RoutePattern.Parse)];
        Template = routes[0][(routes[0].IndexOf(' ', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>The first route's path as it is written: what logs and records call it.</summary>
    public string Template { get; }

    /// <summary>Stable id for records and configuration: <c>openai.chat</c>.</summary>
    public required string Id { get; init; }

    /// <summary>For the coverage table.</summary>
    public required string Title { get; init; }

    /// <summary>The families of providers that speak it, as configuration spells them: <c>openai</c>.</summary>
    public required IReadOnlyList<string> Families { get; init; }

    /// <summary>Where text lives in requests; <see cref="FieldMap.Empty"/> for requests without a body.</summary>
    public required FieldMap Request { get; init; }

    /// <summary>Where text lives in whole answers.</summary>
    public required FieldMap Response { get; init; }

    public required INativeAnswers Answers { get; init; }

    /// <summary>Which models it is for, where one path serves several vendors' bodies; null for all.</summary>
    public Func<string, bool>? ForModel { get; init; }

    /// <summary>Where text lives in requests that are forms (multipart/form-data); null where the API takes none.</summary>
    public FieldMap? Form { get; init; }

    /// <summary>False when requests are forms and nothing else.</summary>
    public bool TakesJson { get; init; } = true;

    /// <summary>What answers may be beside JSON.</summary>
    public AnswerKind AnswerKind { get; init; }

    /// <summary>How answers stream, where the protocol is not one of those that <see cref="StreamCatalog"/> knows; null without.</summary>
    public StreamDescription? Stream { get; init; }

    /// <summary>True when requests have no body, so that only the answer is read.</summary>
    public bool HasNoRequestBody { get; init; }

    /// <summary>True when answers are streamed unless the request says <c>stream: false</c>.</summary>
    public bool StreamsByDefault { get; init; }

    /// <summary>The member of a request that names the model.</summary>
    public string ModelMember { get; init; } = "model";

    /// <summary>The field of requests that names the tool which the whole request calls; -1 where there is none.</summary>
    public short CalledTool { get; init; } = -1;

    /// <summary>What each request of a batch is, where the body is a batch of them; null otherwise.</summary>
    public WireProtocol? Each { get; init; }

    /// <summary>The field of the requests of a batch; -1 where there are none.</summary>
    public short EachAt { get; init; } = -1;

    /// <summary>The fields of answers that hold links to the provider.</summary>
    public IReadOnlyList<short> Links { get; init; } = [];

    /// <summary>True when an answer may be silent for as long as it likes: it waits for what happens elsewhere.</summary>
    public bool MayBeSilent { get; init; }

    public IReadOnlyList<RoutePattern> Routes => routes;

    /// <summary>True when the protocol answers this path.</summary>
    /// <param name="path">Decoded, without the provider's prefix and without query.</param>
    /// <param name="value">The model or deployment that the path names; null without one.</param>
    public bool Matches(string method, string path, out string? value)
    {
        foreach (var route in routes)
        {
            if (route.Matches(method, path, out value) && (ForModel is null || ForModel(value ?? "")))
            {
                return true;
            }
        }

        value = null;
        return false;
    }

    /// <summary>The model that a request asks for in its body; null when it names none.</summary>
    public string? ModelOf(JsonBody request) => ModelLeaf(request) is var leaf and >= 0 ? request.Text(leaf) : null;

    /// <summary>The leaf that names the model, for those who rename it; -1 without one.</summary>
    public int ModelLeaf(JsonBody request) => RootMember(request, ModelMember) is var leaf and >= 0 && request.Leaves[leaf].Kind is JsonKind.String or JsonKind.Plain ? leaf : -1;

    /// <summary>True when a request asks for a stream.</summary>
    public bool WantsStream(JsonBody request)
    {
        var leaf = RootMember(request, "stream");
        return leaf < 0 ? StreamsByDefault : request.Leaves[leaf].Kind == JsonKind.True || (request.Leaves[leaf].IsPlain && request.IsWord(leaf, "true"));
    }

    public override string ToString() => Id;

    private static int RootMember(JsonBody request, string name)
    {
        for (var i = 1; i < request.LeafCount; i++)
        {
            var leaf = request.Leaves[i];
            if (leaf is { Container: 0, Name: >= 0 } && request.IsWord(leaf.Name, name))
            {
                return i;
            }
        }

        return -1;
    }
}
