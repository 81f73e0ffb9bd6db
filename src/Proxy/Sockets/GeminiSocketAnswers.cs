using EdgeFilter.Proxy.WireProtocols.Answers;

namespace EdgeFilter.Proxy.Sockets;

/// <summary>
/// Gemini Live's own words: a turn that is complete because of its content, with the reason as its text. Its turns have no ids, so
/// that the rest of a blocked one could not be told from the next: the session ends there.
/// </summary>
internal sealed class GeminiSocketAnswers : ISocketAnswers
{
    public bool BlockEndsSession => true;

    public byte[] Refuse(string? eventId, string code, string message) => Turn(message, "PROHIBITED_INPUT_CONTENT");

    public byte[] RefuseOutput(string message) => Turn(message, "RESPONSE_REJECTED");

    public byte[] EndResponse(string responseId) => throw new InvalidOperationException("Turns have no ids.");

    public byte[]? CancelResponse(string responseId) => null;

    private static byte[] Turn(string text, string reason) => JsonAnswer.Bytes(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("serverContent");
        json.WriteStartObject("modelTurn");
        json.WriteString("role", "model");
        json.WriteStartArray("parts");
        json.WriteStartObject();
        json.WriteString("text", text);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteBoolean("turnComplete", true);
        json.WriteString("turnCompleteReason", reason);
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
