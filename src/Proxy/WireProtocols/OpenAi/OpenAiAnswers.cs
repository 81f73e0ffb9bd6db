using System.Text.Json;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.Answers;

namespace EdgeFilter.Proxy.WireProtocols.OpenAi;

/// <summary>
/// OpenAI's error object, and its report of filtered output: <c>finish_reason: content_filter</c>, no content, and the reason as
/// refusal.
/// </summary>
internal sealed class OpenAiAnswers : INativeAnswers
{
    private const string RequestIdHeader = "x-request-id";
    private readonly short choices;

    public OpenAiAnswers(FieldMap response, string choices = "choices[]") => this.choices = response.FieldOf(choices);

    public NativeAnswer BlockRequest(BlockNotice notice) => Write(
        StatusCodes.Status400BadRequest, notice.RequestId, mayRetry: false, notice.Message, "invalid_request_error", notice.Path, "content_filter");

    public NativeAnswer BlockResponse(BlockNotice notice) => BlockRequest(notice with { Path = null });

    public bool TryBlockOutput(JsonBody response, JsonSplicer splicer, int choice, BlockNotice notice)
    {
        var found = false;
        for (var i = response.FindContainer(choices); i >= 0 && i < response.ContainerCount; i++)
        {
            if (response.Containers[i].Field != choices || (choice >= 0 && response.Containers[i].Index != choice))
            {
                continue;
            }

            found = true;
            splicer.ReplaceContainer(i, Choice(IndexOf(response, i), notice));
        }

        return found;
    }

    public NativeAnswer Error(Fault fault) => Write(fault.Status, fault.RequestId, fault.MayRetry, fault.Message, TypeOf(fault.Kind), null, CodeOf(fault.Kind));

    // The index that the answer itself states; a choice that was filtered keeps it.
    private static long IndexOf(JsonBody response, int choice)
    {
        var container = response.Containers[choice];
        for (var i = container.LeafStart; i < container.LeafEnd; i++)
        {
            var leaf = response.Leaves[i];
            if (leaf.Container == choice && leaf.Kind == JsonKind.Number && leaf.Name >= 0 && response.IsWord(leaf.Name, "index")
                && System.Buffers.Text.Utf8Parser.TryParse(response.Raw(i), out long index, out _))
            {
                return index;
            }
        }

        return container.Index;
    }

    private static byte[] Choice(long index, BlockNotice notice) => JsonAnswer.Bytes(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("index", index);
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteNull("content");
        json.WriteString("refusal", notice.Message);
        json.WriteEndObject();
        json.WriteNull("logprobs");
        json.WriteString("finish_reason", "content_filter");
        json.WriteEndObject();
    });

    private static NativeAnswer Write(int status, string requestId, bool mayRetry, string message, string type, string? param, string? code) =>
        JsonAnswer.Of(status, RequestIdHeader, requestId, mayRetry, json => WriteError(json, message, type, param, code));

    private static void WriteError(Utf8JsonWriter json, string message, string type, string? param, string? code)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", message);
        json.WriteString("type", type);
        json.WriteString("param", param);
        json.WriteString("code", code);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string TypeOf(FaultKind kind) => kind switch
    {
        FaultKind.Unauthorised => "authentication_error",
        FaultKind.Forbidden => "permission_error",
        FaultKind.Internal or FaultKind.BadUpstream or FaultKind.Unavailable or FaultKind.UpstreamTimeout => "server_error",
        _ => "invalid_request_error",
    };

    private static string? CodeOf(FaultKind kind) => kind switch
    {
        FaultKind.Unauthorised => "invalid_api_key",
        FaultKind.UnknownPath => "unknown_url",
        FaultKind.WrongMethod => "method_not_supported",
        FaultKind.TooLarge => "request_too_large",
        FaultKind.UnsupportedMediaType => "unsupported_media_type",
        FaultKind.BadUpstream => "bad_upstream",
        FaultKind.Unavailable => "filter_unavailable",
        FaultKind.UpstreamTimeout => "upstream_timeout",
        _ => null,
    };
}
