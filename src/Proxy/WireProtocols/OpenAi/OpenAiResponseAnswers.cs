using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.Answers;

namespace EdgeFilter.Proxy.WireProtocols.OpenAi;

/// <summary>
/// How Responses say no: <c>status: incomplete</c> for <c>content_filter</c>, and the reason as the only item, a refusal.
/// </summary>
internal sealed class OpenAiResponseAnswers : OpenAiAnswers
{
    private readonly short output = OpenAiResponsesTables.Response.FieldOf("output");
    private readonly short status = OpenAiResponsesTables.Response.FieldOf("status");
    private readonly short details = OpenAiResponsesTables.Response.FieldOf("incomplete_details");

    public override bool TryBlockOutput(JsonBody response, JsonSplicer splicer, int choice, BlockNotice notice)
    {
        var items = response.FindContainer(output);
        var state = response.Find(status);
        if (items < 0 || state < 0)
        {
            return false;
        }

        splicer.ReplaceContainer(items, Items(notice));
        var reason = "{\"reason\":\"content_filter\"}"u8.ToArray();
        if (response.Find(details) is var leaf and >= 0)
        {
            splicer.ReplaceValue(state, "\"incomplete\""u8.ToArray());
            splicer.ReplaceValue(leaf, reason);
        }
        else if (response.FindContainer(details) is var container and >= 0)
        {
            splicer.ReplaceValue(state, "\"incomplete\""u8.ToArray());
            splicer.ReplaceContainer(container, reason);
        }
        else
        {
            byte[] both = [.. "\"incomplete\",\"incomplete_details\":"u8, .. reason];
            splicer.ReplaceValue(state, both);
        }

        return true;
    }

    private static byte[] Items(BlockNotice notice) => JsonAnswer.Bytes(json =>
    {
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("type", "message");
        json.WriteString("id", "msg_filtered");
        json.WriteString("role", "assistant");
        json.WriteString("status", "incomplete");
        json.WriteStartArray("content");
        json.WriteStartObject();
        json.WriteString("type", "refusal");
        json.WriteString("refusal", notice.Message);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    });
}
