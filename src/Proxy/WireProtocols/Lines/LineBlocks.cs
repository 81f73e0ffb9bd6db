using System.Text.Json;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.Answers;

namespace EdgeFilter.Proxy.WireProtocols.Lines;

/// <summary>
/// Turns a line of a results file into the line of a request that failed: the file keeps its lines and their order, and a program
/// that reads it meets an error that it knows.
/// </summary>
internal static class LineBlocks
{
    /// <param name="body">The line, read with its description.</param>
    /// <param name="splicer">Of <paramref name="body"/>; edits made before are covered.</param>
    public static void Replace(in LineBody line, JsonBody body, JsonSplicer splicer, BlockNotice notice)
    {
        switch (line.Kind)
        {
            case LineKind.Answer when ContainerAt(body, line.Map, "response.body") is var container and >= 0:
                splicer.ReplaceContainer(container, Error(line.Protocol, notice));
                if (body.Find(line.Map.FieldOf("response.status_code")) is var status and >= 0)
                {
                    splicer.ReplaceValue(status, "400"u8.ToArray());
                }

                break;
            case LineKind.Request when ContainerAt(body, line.Map, "body") is var container and >= 0:
                splicer.ReplaceContainer(container, Error(line.Protocol, notice));
                break;
            case LineKind.AnthropicResult when ContainerAt(body, line.Map, "result") is var container and >= 0:
                splicer.ReplaceContainer(container, AnthropicError(notice));
                break;
            default:
                splicer.ReplaceBytes(0, body.Bytes.Length, JsonAnswer.Bytes(json =>
                {
                    json.WriteStartObject();
                    json.WriteStartObject("error");
                    json.WriteString("code", "content_filter");
                    json.WriteString("message", notice.Message);
                    json.WriteEndObject();
                    json.WriteEndObject();
                }));
                break;
        }
    }

    private static int ContainerAt(JsonBody body, FieldMap map, string path) => body.FindContainer(map.FieldOf(path));

    private static byte[] Error(WireProtocol protocol, BlockNotice notice) => protocol.Answers.BlockResponse(notice).Body;

    private static byte[] AnthropicError(BlockNotice notice) => JsonAnswer.Bytes(json =>
    {
        json.WriteStartObject();
        json.WriteString("type", "errored");
        json.WriteStartObject("error");
        json.WriteString("type", "error");
        json.WriteStartObject("error");
        json.WriteString("type", "invalid_request_error");
        json.WriteString("message", notice.Message);
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
