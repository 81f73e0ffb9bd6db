using System.Text.Json;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.Answers;

namespace EdgeFilter.Proxy.WireProtocols.Azure;

/// <summary>Azure's content-filter error, which frameworks know by <c>innererror.code</c>; other answers are OpenAI's.</summary>
/// <param name="openAi">How the same API says no at OpenAI.</param>
internal sealed class AzureAnswers(INativeAnswers openAi) : INativeAnswers
{
    public NativeAnswer BlockRequest(BlockNotice notice, JsonBody? request = null) =>
        JsonAnswer.Of(StatusCodes.Status400BadRequest, "apim-request-id", notice.RequestId, mayRetry: false, json => Write(json, notice));

    public bool TryBlockOutput(JsonBody response, JsonSplicer splicer, int choice, BlockNotice notice) =>
        openAi.TryBlockOutput(response, splicer, choice, notice);

    public NativeAnswer BlockResponse(BlockNotice notice, JsonBody? request = null) => openAi.BlockResponse(notice, request);

    public NativeAnswer Error(Fault fault, JsonBody? request = null) => openAi.Error(fault, request);

    private static void Write(Utf8JsonWriter json, BlockNotice notice)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", notice.Message);
        json.WriteNull("type");
        json.WriteString("param", "prompt");
        json.WriteString("code", "content_filter");
        json.WriteNumber("status", StatusCodes.Status400BadRequest);
        json.WriteStartObject("innererror");
        json.WriteString("code", "ResponsibleAIPolicyViolation");
        json.WriteStartObject("content_filter_result");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
