using System.Text.Json;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.Answers;

namespace EdgeFilter.Proxy.WireProtocols.OpenAi;

/// <summary>OpenAI's error object; for answers without choices, such as embeddings, also the report of filtered output.</summary>
internal class OpenAiAnswers : ErrorAnswers
{
    protected override void WriteBlock(Utf8JsonWriter json, BlockNotice notice) =>
        WriteError(json, notice.Message, "invalid_request_error", notice.Path, "content_filter");

    protected override void WriteFault(Utf8JsonWriter json, Fault fault) =>
        WriteError(json, fault.Message, TypeOf(fault.Kind), null, CodeOf(fault.Kind));

    private static void WriteError(Utf8JsonWriter json, string message, string type, string? param, string? code)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", message);
        json.WriteString("type", type);
        json.WriteString("param", param);
        json.WriteString("code", code);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string TypeOf(FaultKind kind) => kind switch
    {
        FaultKind.Unauthorised => "authentication_error",
        FaultKind.Forbidden => "permission_error",
        FaultKind.Internal or FaultKind.BadUpstream or FaultKind.Unavailable or FaultKind.UpstreamTimeout => "server_error",
        _ => "invalid_request_error",
    };

    private static string? CodeOf(FaultKind kind) => kind switch
    {
        FaultKind.Unauthorised => "invalid_api_key",
        FaultKind.UnknownPath => "unknown_url",
        FaultKind.WrongMethod => "method_not_supported",
        FaultKind.TooLarge => "request_too_large",
        FaultKind.UnsupportedMediaType => "unsupported_media_type",
        FaultKind.BadUpstream => "bad_upstream",
        FaultKind.Unavailable => "filter_unavailable",
        FaultKind.UpstreamTimeout => "upstream_timeout",
        _ => null,
    };
}
