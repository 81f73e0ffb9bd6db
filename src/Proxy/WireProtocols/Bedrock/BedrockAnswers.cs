using System.Text.Json;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.Answers;

namespace EdgeFilter.Proxy.WireProtocols.Bedrock;

/// <summary>
/// How Bedrock says no: an exception named in a header, or for output <c>stopReason: content_filtered</c> with the reason as only
/// text.
/// </summary>
internal sealed class BedrockAnswers : ErrorAnswers
{
    private const string TypeHeader = "x-amzn-ErrorType";
    private readonly short content = BedrockTables.Response.FieldOf("output.message.content");
    private readonly short stopReason = BedrockTables.Response.FieldOf("stopReason");

    protected override string RequestIdHeader => "x-amzn-RequestId";

    public override NativeAnswer BlockRequest(BlockNotice notice, JsonBody? request = null) =>
        WithType(base.BlockRequest(notice, request), "ValidationException");

    public override NativeAnswer Error(Fault fault, JsonBody? request = null) => WithType(base.Error(fault, request), fault.Kind switch
    {
        FaultKind.Unauthorised or FaultKind.Forbidden => "AccessDeniedException",
        FaultKind.UnknownPath or FaultKind.WrongMethod => "ResourceNotFoundException",
        FaultKind.Internal => "InternalServerException",
        FaultKind.BadUpstream or FaultKind.Unavailable => "ServiceUnavailableException",
        FaultKind.UpstreamTimeout => "ModelTimeoutException",
        _ => "ValidationException",
    });

    public override bool TryBlockOutput(JsonBody response, JsonSplicer splicer, int choice, BlockNotice notice)
    {
        var blocks = response.FindContainer(content);
        var reason = response.Find(stopReason);
        if (blocks < 0 || reason < 0)
        {
            return false;
        }

        splicer.ReplaceContainer(blocks, JsonAnswer.Bytes(json =>
        {
            json.WriteStartArray();
            json.WriteStartObject();
            json.WriteString("text", notice.Message);
            json.WriteEndObject();
            json.WriteEndArray();
        }));
        splicer.ReplaceValue(reason, "\"content_filtered\""u8.ToArray());
        return true;
    }

    protected override void WriteBlock(Utf8JsonWriter json, BlockNotice notice) => Write(json, notice.Message);

    protected override void WriteFault(Utf8JsonWriter json, Fault fault) => Write(json, fault.Message);

    private static void Write(Utf8JsonWriter json, string message)
    {
        json.WriteStartObject();
        json.WriteString("message", message);
        json.WriteEndObject();
    }

    private static NativeAnswer WithType(NativeAnswer answer, string type) => answer with { Headers = [.. answer.Headers, new(TypeHeader, type)] };
}
