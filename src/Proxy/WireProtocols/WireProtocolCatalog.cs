using System.Collections.Frozen;
using EdgeFilter.Proxy.WireProtocols.A2a;
using EdgeFilter.Proxy.WireProtocols.Anthropic;
using EdgeFilter.Proxy.WireProtocols.Answers;
using EdgeFilter.Proxy.WireProtocols.Azure;
using EdgeFilter.Proxy.WireProtocols.Bedrock;
using EdgeFilter.Proxy.WireProtocols.Cohere;
using EdgeFilter.Proxy.WireProtocols.Gemini;
using EdgeFilter.Proxy.WireProtocols.Mcp;
using EdgeFilter.Proxy.WireProtocols.Mistral;
using EdgeFilter.Proxy.WireProtocols.Ollama;
using EdgeFilter.Proxy.WireProtocols.OpenAi;

namespace EdgeFilter.Proxy.WireProtocols;

/// <summary>Every protocol there is.</summary>
internal static class WireProtocolCatalog
{
    public static IReadOnlyList<WireProtocol> All { get; } =
    [
        .. OpenAiProtocols.All, .. OpenAiFileProtocols.All, .. AzureProtocols.All, .. AnthropicProtocols.All, .. GeminiProtocols.All, .. BedrockProtocols.All,
        .. OllamaProtocols.All, .. CohereProtocols.All, .. MistralProtocols.All, .. McpProtocols.All, .. A2aProtocols.All, .. OpenAiSocketProtocols.All, GeminiLive.Session,
    ];

    private static readonly FrozenDictionary<string, WireProtocol[]> ByFamily = All
        .SelectMany(p => p.Families, (protocol, family) => (protocol, family))
        .GroupBy(p => p.family, p => p.protocol, StringComparer.Ordinal)
        .ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);

    /// <summary>The protocol that a provider of this family speaks on this path; null when we know none: such requests are refused.</summary>
    /// <param name="family">As configuration spells it: <c>openai</c>.</param>
    /// <param name="path">Decoded, without the provider's prefix and without query.</param>
    /// <param name="value">The model or deployment that the path names; null without one.</param>
    public static WireProtocol? Find(string family, string method, string path, out string? value)
    {
        foreach (var protocol in ByFamily.GetValueOrDefault(family, []))
        {
            if (protocol.Matches(method, path, out value))
            {
                return protocol;
            }
        }

        value = null;
        return null;
    }

    /// <summary>How a provider of this family says no where no protocol is known.</summary>
    public static INativeAnswers AnswersOf(string family) =>
        ByFamily.TryGetValue(family, out var protocols) ? protocols[0].Answers : OpenAiProtocols.Chat.Answers;
}
