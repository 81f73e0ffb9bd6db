using System.Text.Json;
using EdgeFilter.Proxy.WireProtocols.Answers;

namespace EdgeFilter.Proxy.Sockets;

/// <summary>OpenAI's events for what is refused, in the Realtime API and in Responses over a socket.</summary>
/// <param name="isRealtime">True for the Realtime API, whose responses can be cancelled.</param>
internal sealed class OpenAiSocketAnswers(bool isRealtime) : ISocketAnswers
{
    public const string Blocked = "content_filter";

    public byte[] Refuse(string? eventId, string code, string message) => JsonAnswer.Bytes(json =>
    {
        json.WriteStartObject();
        json.WriteString("type", "error");
        json.WriteString("event_id", "event_edgefilter");
        if (!isRealtime)
        {
            json.WriteNumber("status", StatusCodes.Status400BadRequest);
        }

        json.WriteStartObject("error");
        json.WriteString("type", "invalid_request_error");
        json.WriteString("code", code);
        json.WriteString("message", message);
        json.WriteNull("param");
        json.WriteString("event_id", eventId);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    public bool BlockEndsSession => false;

    public byte[] RefuseOutput(string message) => Refuse(null, Blocked, message);

    public byte[] EndResponse(string responseId) => JsonAnswer.Bytes(json =>
    {
        json.WriteStartObject();
        json.WriteString("type", isRealtime ? "response.done" : "response.incomplete");
        json.WriteString("event_id", "event_edgefilter");
        json.WriteStartObject("response");
        json.WriteString("id", responseId);
        json.WriteString("object", isRealtime ? "realtime.response" : "response");
        json.WriteString("status", "incomplete");
        json.WriteStartObject(isRealtime ? "status_details" : "incomplete_details");
        if (isRealtime)
        {
            json.WriteString("type", "incomplete");
        }

        json.WriteString("reason", Blocked);
        json.WriteEndObject();
        json.WriteStartArray("output");
        json.WriteEndArray();
        json.WriteNull("usage");
        json.WriteEndObject();
        json.WriteEndObject();
    });

    public byte[]? CancelResponse(string responseId) => !isRealtime ? null : JsonAnswer.Bytes(json =>
    {
        json.WriteStartObject();
        json.WriteString("type", "response.cancel");
        json.WriteString("response_id", responseId);
        json.WriteEndObject();
    });
}
