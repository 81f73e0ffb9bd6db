using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.Gemini;

/// <summary>Gemini Live over a WebSocket: what a client says. What the provider says is described with the streams.</summary>
internal static class GeminiLive
{
    private static readonly string[] Services =
    [
        .. new[] { "v1", "v1beta", "v1alpha" }.SelectMany(version => new[] { "BidiGenerateContent", "BidiGenerateContentConstrained" }
            .Select(method => $"ws: /ws/google.ai.generativelanguage.{version}.GenerativeService.{method}")),
        .. new[] { "v1", "v1beta1" }.Select(version => $"ws: /ws/google.cloud.aiplatform.{version}.LlmBidiService/BidiGenerateContent"),
    ];

    public static WireProtocol Session { get; } = new(Services)
    {
        Id = "gemini.live",
        Title = "Gemini Live over WebSocket",
        Families = ["gemini"],
        Request = GeminiTables.LiveRequest,
        Response = FieldMap.Empty,
        Answers = GeminiProtocols.CountTokens.Answers,
    };
}
