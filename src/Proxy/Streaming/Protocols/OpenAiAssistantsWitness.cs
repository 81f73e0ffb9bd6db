using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>Remembers which run and which message the client has in hand: an ending speaks of both.</summary>
internal sealed class OpenAiAssistantsWitness : IStreamWitness
{
    public const string Run = "run";
    public const string Message = "message";
    public const string Thread = "thread";

    public void Sent(StreamState state, string? type, int? lane, JsonBody sent)
    {
        switch (type)
        {
            case "thread.run.created" or "thread.run.queued" or "thread.run.in_progress":
                Remember(state, Run, "id", sent);
                Remember(state, Thread, "thread_id", sent);
                break;
            case "thread.message.created" or "thread.message.in_progress" or "thread.message.delta":
                Remember(state, Message, "id", sent);
                break;
            case "thread.message.completed" or "thread.message.incomplete":
                state.Remember(Message, []);
                break;
            default:
                break;
        }
    }

    private static void Remember(StreamState state, string what, string path, JsonBody sent)
    {
        if (sent.Find(sent.Map.FieldOf(path)) is var leaf and >= 0 && sent.Leaves[leaf].Kind == JsonKind.String)
        {
            state.Remember(what, sent.Bytes.Span.Slice(sent.Leaves[leaf].Start - 1, sent.Leaves[leaf].Length + 2));
        }
    }
}
