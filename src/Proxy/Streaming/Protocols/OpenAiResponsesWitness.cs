using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>Keeps the output items that were sent: official clients check that the last event has the items they know.</summary>
internal sealed class OpenAiResponsesWitness : IStreamWitness
{
    private const int MaxLanes = 256;

    public void Sent(StreamState state, string? type, int? lane, JsonBody sent)
    {
        if (lane is not { } index || (state.Shown.Count >= MaxLanes && !state.Shown.ContainsKey(index)))
        {
            return;
        }

        switch (type)
        {
            case "response.output_item.added":
                state.Shown[index] = new ShownLane { Id = ItemId(sent), IsMessage = sent.TextAt(sent.Map.FieldOf("item.type")) == "message" };
                break;
            case "response.output_item.done" when sent.FindContainer(sent.Map.FieldOf("item")) is var item and >= 0:
                var place = sent.Containers[item];
                state.Shown[index] = new ShownLane { Id = ItemId(sent), Item = sent.Bytes[place.Start..place.End].ToArray() };
                break;
            case "response.output_text.delta" when state.Shown.TryGetValue(index, out var shown):
                shown.Append(sent.TextAt(sent.Map.FieldOf("delta")) ?? "");
                break;
        }
    }

    private static byte[] ItemId(JsonBody sent)
    {
        var leaf = sent.Find(sent.Map.FieldOf("item.id"));
        if (leaf < 0 || sent.Leaves[leaf].Kind != JsonKind.String)
        {
            return "\"\""u8.ToArray();
        }

        return sent.Bytes.Span.Slice(sent.Leaves[leaf].Start - 1, sent.Leaves[leaf].Length + 2).ToArray();
    }
}
