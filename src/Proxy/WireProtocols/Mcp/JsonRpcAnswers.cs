using System.Text.Json;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.Answers;

namespace EdgeFilter.Proxy.WireProtocols.Mcp;

/// <summary>
/// How servers of JSON-RPC (tools, other agents) say no: to a tool call by a result that says it failed, so that the model reads why; to all else by a
/// JSON-RPC error. Both with status 200 and the request's own id: a client that waits for an id waits until it gives up.
/// </summary>
/// <param name="requests">The table of requests.</param>
/// <param name="answers">The table of answers, which may be the same.</param>
internal sealed class JsonRpcAnswers(FieldMap requests, FieldMap answers) : ErrorAnswers
{
    private const int BlockedByPolicy = -32010;
    private const int InternalError = -32603;
    private const int InvalidRequest = -32600;

    private readonly short id = requests.FieldOf("id");
    private readonly short method = requests.FieldOf("method");
    private readonly short result = answers.FieldOf("result");

    // Only tools answer with content.
    private readonly short content = answers.Fields.FirstOrDefault(f => f.Path == "result.content")?.Id ?? -1;

    public override NativeAnswer BlockRequest(BlockNotice notice, JsonBody? request = null)
    {
        var asked = request is null ? -1 : request.Find(id);
        if (request is null || asked < 0)
        {
            // Nobody waits for the answer to a notification.
            return base.BlockRequest(notice, request);
        }

        var isCall = request.TextAt(method) == "tools/call";
        return JsonAnswer.Of(StatusCodes.Status200OK, RequestIdHeader, notice.RequestId, mayRetry: false, json =>
        {
            BeginAnswer(json, request, asked);
            if (isCall)
            {
                json.WritePropertyName("result");
                json.WriteRawValue(FailedCall(notice));
            }
            else
            {
                json.WritePropertyName("error");
                json.WriteRawValue(ErrorObject(BlockedByPolicy, notice.Message));
            }

            json.WriteEndObject();
        });
    }

    public override bool TryBlockOutput(JsonBody response, JsonSplicer splicer, int choice, BlockNotice notice)
    {
        var place = response.FindContainer(result);
        if (place < 0 || response.Containers[0].IsArray)
        {
            return false;
        }

        if (content >= 0 && response.FindContainer(content) >= 0)
        {
            splicer.ReplaceContainer(place, FailedCall(notice));
            return true;
        }

        splicer.ReplaceAll(response.Containers[place].Name, "error");
        splicer.ReplaceContainer(place, ErrorObject(BlockedByPolicy, notice.Message));
        return true;
    }

    public override NativeAnswer Error(Fault fault, JsonBody? request = null)
    {
        var asked = request is null ? -1 : request.Find(id);
        return JsonAnswer.Of(fault.Status, RequestIdHeader, fault.RequestId, fault.MayRetry, json =>
        {
            if (request is null || asked < 0)
            {
                WriteFault(json, fault);
                return;
            }

            BeginAnswer(json, request, asked);
            json.WritePropertyName("error");
            json.WriteRawValue(ErrorObject(CodeOf(fault), fault.Message));
            json.WriteEndObject();
        });
    }

    protected override void WriteBlock(Utf8JsonWriter json, BlockNotice notice) => WriteWithoutId(json, BlockedByPolicy, notice.Message);

    protected override void WriteFault(Utf8JsonWriter json, Fault fault) => WriteWithoutId(json, CodeOf(fault), fault.Message);

    private static int CodeOf(Fault fault) => fault.Status < 500 ? InvalidRequest : InternalError;

    private static void WriteWithoutId(Utf8JsonWriter json, int code, string message)
    {
        json.WriteStartObject();
        json.WriteString("jsonrpc", "2.0");
        json.WriteNull("id");
        json.WritePropertyName("error");
        json.WriteRawValue(ErrorObject(code, message));
        json.WriteEndObject();
    }

    // The id is a string or a number, and comes back as what it was.
    private static void BeginAnswer(Utf8JsonWriter json, JsonBody request, int id)
    {
        json.WriteStartObject();
        json.WriteString("jsonrpc", "2.0");
        json.WritePropertyName("id");
        if (request.Leaves[id].Kind == JsonKind.String)
        {
            json.WriteStringValue(request.Text(id));
        }
        else
        {
            json.WriteRawValue(request.Raw(id));
        }
    }

    private static byte[] FailedCall(BlockNotice notice) => JsonAnswer.Bytes(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("content");
        json.WriteStartObject();
        json.WriteString("type", "text");
        json.WriteString("text", notice.Message);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteBoolean("isError", true);
        json.WriteEndObject();
    });

    private static byte[] ErrorObject(int code, string message) => JsonAnswer.Bytes(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("code", code);
        json.WriteString("message", message);
        json.WriteEndObject();
    });
}
