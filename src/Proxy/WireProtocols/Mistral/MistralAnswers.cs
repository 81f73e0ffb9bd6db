using System.Text.Json;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.Answers;

namespace EdgeFilter.Proxy.WireProtocols.Mistral;

/// <summary>Mistral's error object; filtered output is reported as OpenAI does.</summary>
/// <param name="openAi">How the same API says no at OpenAI.</param>
internal sealed class MistralAnswers(INativeAnswers openAi) : ErrorAnswers
{
    public override bool TryBlockOutput(JsonBody response, JsonSplicer splicer, int choice, BlockNotice notice) =>
        openAi.TryBlockOutput(response, splicer, choice, notice);

    protected override void WriteBlock(Utf8JsonWriter json, BlockNotice notice) =>
        Write(json, notice.Message, "invalid_request_error", notice.Path, "content_filter");

    protected override void WriteFault(Utf8JsonWriter json, Fault fault) =>
        Write(json, fault.Message, fault.Status < 500 ? "invalid_request_error" : "server_error", null, null);

    private static void Write(Utf8JsonWriter json, string message, string type, string? param, string? code)
    {
        json.WriteStartObject();
        json.WriteString("object", "error");
        json.WriteString("message", message);
        json.WriteString("type", type);
        json.WriteString("param", param);
        json.WriteString("code", code);
        json.WriteEndObject();
    }
}
