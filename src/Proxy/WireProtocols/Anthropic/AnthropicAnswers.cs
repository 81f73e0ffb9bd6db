using System.Text.Json;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.Answers;

namespace EdgeFilter.Proxy.WireProtocols.Anthropic;

/// <summary>
/// Anthropic's error object, and its report of refused output: <c>stop_reason: refusal</c>, with the reason both as the only text,
/// for programs that show what they get, and in <c>stop_details</c>.
/// </summary>
internal sealed class AnthropicAnswers : INativeAnswers
{
    private const string RequestIdHeader = "request-id";
    private readonly short content;
    private readonly short stopReason;
    private readonly short stopSequence;

    public AnthropicAnswers(FieldMap response)
    {
        content = response.FieldOf("content");
        stopReason = response.FieldOf("stop_reason");
        stopSequence = response.FieldOf("stop_sequence");
    }

    public NativeAnswer BlockRequest(BlockNotice notice, JsonBody? request = null) =>
        Write(StatusCodes.Status400BadRequest, notice.RequestId, mayRetry: false, notice.Message, "invalid_request_error");

    public NativeAnswer BlockResponse(BlockNotice notice, JsonBody? request = null) => BlockRequest(notice);

    public bool TryBlockOutput(JsonBody response, JsonSplicer splicer, int choice, BlockNotice notice)
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
            json.WriteString("type", "text");
            json.WriteString("text", notice.Message);
            json.WriteEndObject();
            json.WriteEndArray();
        }));
        var details = DetailsOf(response);
        splicer.ReplaceValue(reason, details >= 0 ? "\"refusal\""u8.ToArray() : [.. "\"refusal\",\"stop_details\":"u8, .. Details(notice)]);
        ReplaceDetails(response, splicer, details, notice);
        if (response.Find(stopSequence) is var sequence and >= 0)
        {
            splicer.ReplaceValue(sequence, "null"u8.ToArray());
        }

        return true;
    }

    public NativeAnswer Error(Fault fault, JsonBody? request = null) => Write(fault.Status, fault.RequestId, fault.MayRetry, fault.Message, TypeOf(fault.Kind));

    /// <summary>The leaf that is the name of <c>stop_details</c>; -1 when the answer has none.</summary>
    private static int DetailsOf(JsonBody response)
    {
        for (var i = 0; i < response.LeafCount; i++)
        {
            if (response.Leaves[i] is { Kind: JsonKind.Name, Container: 0 } && response.IsWord(i, "stop_details"))
            {
                return i;
            }
        }

        return -1;
    }

    private static void ReplaceDetails(JsonBody response, JsonSplicer splicer, int name, BlockNotice notice)
    {
        if (name < 0)
        {
            return;
        }

        for (var i = 0; i < response.ContainerCount; i++)
        {
            if (response.Containers[i].Name == name)
            {
                splicer.ReplaceContainer(i, Details(notice));
                return;
            }
        }

        splicer.ReplaceValue(name + 1, Details(notice));
    }

    private static byte[] Details(BlockNotice notice) => JsonAnswer.Bytes(json =>
    {
        json.WriteStartObject();
        json.WriteString("type", "refusal");
        json.WriteNull("category");
        json.WriteString("explanation", notice.Message);
        json.WriteEndObject();
    });

    private static NativeAnswer Write(int status, string requestId, bool mayRetry, string message, string type) =>
        JsonAnswer.Of(status, RequestIdHeader, requestId, mayRetry, json =>
        {
            json.WriteStartObject();
            json.WriteString("type", "error");
            json.WriteStartObject("error");
            json.WriteString("type", type);
            json.WriteString("message", message);
            json.WriteEndObject();
            json.WriteString("request_id", requestId);
            json.WriteEndObject();
        });

    private static string TypeOf(FaultKind kind) => kind switch
    {
        FaultKind.Unauthorised => "authentication_error",
        FaultKind.Forbidden => "permission_error",
        FaultKind.UnknownPath or FaultKind.WrongMethod => "not_found_error",
        FaultKind.TooLarge => "request_too_large",
        FaultKind.Internal or FaultKind.BadUpstream or FaultKind.Unavailable => "api_error",
        FaultKind.UpstreamTimeout => "timeout_error",
        _ => "invalid_request_error",
    };
}
