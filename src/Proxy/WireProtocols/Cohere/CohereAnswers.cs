using System.Text.Json;
using EdgeFilter.Proxy.WireProtocols.Answers;

namespace EdgeFilter.Proxy.WireProtocols.Cohere;

/// <summary>Cohere's error: an id and a message. It has no report of filtered output in a whole answer.</summary>
internal sealed class CohereAnswers : ErrorAnswers
{
    protected override void WriteBlock(Utf8JsonWriter json, BlockNotice notice) => Write(json, notice.RequestId, notice.Message);

    protected override void WriteFault(Utf8JsonWriter json, Fault fault) => Write(json, fault.RequestId, fault.Message);

    private static void Write(Utf8JsonWriter json, string id, string message)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteString("message", message);
        json.WriteEndObject();
    }
}
