using System.Text.Json;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.Answers;

namespace EdgeFilter.Proxy.WireProtocols.Gemini;

/// <summary>
/// How Gemini says no: a prompt gets 200 with <c>promptFeedback</c> and no candidates, an output a candidate without content. Both
/// are what SDKs expect of a filter; other calls get its error object.
/// </summary>
/// <param name="generates">True for calls that generate content.</param>
/// <param name="isStream">True for calls that answer with a JSON array where they aren't asked for events.</param>
internal sealed class GeminiAnswers(bool generates, bool isStream = false) : ErrorAnswers
{
    private readonly short candidates = GeminiTables.Response.FieldOf("candidates[]");

    public override NativeAnswer BlockRequest(BlockNotice notice, JsonBody? request = null)
    {
        if (!generates)
        {
            return base.BlockRequest(notice, request);
        }

        var answer = JsonAnswer.Of(StatusCodes.Status200OK, RequestIdHeader, notice.RequestId, mayRetry: false, json => WriteFeedback(json, notice));
        return !isStream ? answer
            : notice.AsEvents ? answer with { ContentType = JsonAnswer.Events, Body = [.. "data: "u8, .. answer.Body, .. "\r\n\r\n"u8] }
            : answer with { Body = [.. "["u8, .. answer.Body, .. "]"u8] };
    }

    public override bool TryBlockOutput(JsonBody response, JsonSplicer splicer, int choice, BlockNotice notice) =>
        ReplaceChoices(response, splicer, candidates, choice, index => JsonAnswer.Bytes(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("index", index);
            json.WriteString("finishReason", "PROHIBITED_CONTENT");
            json.WriteString("finishMessage", notice.Message);
            json.WriteEndObject();
        }));

    protected override void WriteBlock(Utf8JsonWriter json, BlockNotice notice) =>
        WriteError(json, StatusCodes.Status400BadRequest, notice.Message, "INVALID_ARGUMENT");

    protected override void WriteFault(Utf8JsonWriter json, Fault fault) => WriteError(json, fault.Status, fault.Message, fault.Kind switch
    {
        FaultKind.Unauthorised => "UNAUTHENTICATED",
        FaultKind.Forbidden => "PERMISSION_DENIED",
        FaultKind.UnknownPath or FaultKind.WrongMethod => "NOT_FOUND",
        FaultKind.Internal => "INTERNAL",
        FaultKind.BadUpstream or FaultKind.Unavailable => "UNAVAILABLE",
        FaultKind.UpstreamTimeout => "DEADLINE_EXCEEDED",
        _ => "INVALID_ARGUMENT",
    });

    private static void WriteFeedback(Utf8JsonWriter json, BlockNotice notice)
    {
        json.WriteStartObject();
        json.WriteStartObject("promptFeedback");
        json.WriteString("blockReason", "PROHIBITED_CONTENT");
        json.WriteString("blockReasonMessage", notice.Message);
        json.WriteEndObject();
        json.WriteStartObject("usageMetadata");
        json.WriteNumber("promptTokenCount", 0);
        json.WriteNumber("totalTokenCount", 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteError(Utf8JsonWriter json, int code, string message, string status)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteNumber("code", code);
        json.WriteString("message", message);
        json.WriteString("status", status);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
