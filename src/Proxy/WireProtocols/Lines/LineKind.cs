namespace EdgeFilter.Proxy.WireProtocols.Lines;

/// <summary>What a line of a JSON Lines file holds.</summary>
internal enum LineKind
{
    /// <summary>A request of an OpenAI batch.</summary>
    Request,

    /// <summary>An answer of an OpenAI batch.</summary>
    Answer,

    /// <summary>An answer of an Anthropic batch.</summary>
    AnthropicResult,

    /// <summary>An example to train or evaluate with, or anything else.</summary>
    Example,
}
