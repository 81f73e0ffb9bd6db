using System.Text.Json;
using EdgeFilter.Proxy.WireProtocols.Answers;

namespace EdgeFilter.Proxy.WireProtocols.Ollama;

/// <summary>Ollama says everything it can't do in one string; a filter of output is not among its words.</summary>
internal sealed class OllamaAnswers : ErrorAnswers
{
    protected override void WriteBlock(Utf8JsonWriter json, BlockNotice notice) => Write(json, notice.Message);

    protected override void WriteFault(Utf8JsonWriter json, Fault fault) => Write(json, fault.Message);

    private static void Write(Utf8JsonWriter json, string message)
    {
        json.WriteStartObject();
        json.WriteString("error", message);
        json.WriteEndObject();
    }
}
