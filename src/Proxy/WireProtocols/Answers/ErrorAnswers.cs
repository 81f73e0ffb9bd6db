using System.Text.Json;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.WireProtocols.Answers;

/// <summary>What protocols share that say no by an error object, and differ in how it looks.</summary>
internal abstract class ErrorAnswers : INativeAnswers
{
    /// <summary>The header under which SDKs look for the request's id.</summary>
    protected virtual string RequestIdHeader => "x-request-id";

    public virtual NativeAnswer BlockRequest(BlockNotice notice, JsonBody? request = null) => JsonAnswer.Of(
        StatusCodes.Status400BadRequest, RequestIdHeader, notice.RequestId, mayRetry: false, json => WriteBlock(json, notice));

    public virtual NativeAnswer BlockResponse(BlockNotice notice, JsonBody? request = null) => BlockRequest(notice with { Path = null }, request);

    public virtual bool TryBlockOutput(JsonBody response, JsonSplicer splicer, int choice, BlockNotice notice) => false;

    public virtual NativeAnswer Error(Fault fault, JsonBody? request = null) => JsonAnswer.Of(
        fault.Status, RequestIdHeader, fault.RequestId, fault.MayRetry, json => WriteFault(json, fault));

    protected abstract void WriteBlock(Utf8JsonWriter json, BlockNotice notice);

    protected abstract void WriteFault(Utf8JsonWriter json, Fault fault);

    /// <summary>Replaces each answer of several by a report of its own.</summary>
    /// <param name="field">Of the objects that are the answers.</param>
    /// <param name="choice">Which one; -1 for all.</param>
    /// <param name="report">Given the index that the answer states.</param>
    protected static bool ReplaceChoices(JsonBody response, JsonSplicer splicer, short field, int choice, Func<long, byte[]> report)
    {
        var found = false;
        for (var i = 0; i < response.ContainerCount; i++)
        {
            if (response.Containers[i].Field == field && (choice < 0 || response.Containers[i].Index == choice))
            {
                found = true;
                splicer.ReplaceContainer(i, report(IndexOf(response, i)));
            }
        }

        return found;
    }

    // The index that the answer itself states: a filtered one keeps it.
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
}
