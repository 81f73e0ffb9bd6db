using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>
/// Judges the requests inside a batch under the policies of the models that they ask: a batch names none itself, so that rules for
/// one model would not be asked.
/// </summary>
internal sealed class BatchFilter(BodyFilter filter)
{
    /// <summary>Judges those requests for which another policy holds than for the batch, which was judged as a whole.</summary>
    /// <param name="batch">Read with its protocol's description.</param>
    /// <param name="splicer">Takes the edits; of the same body.</param>
    /// <param name="exchange">The batch's; takes the hits.</param>
    /// <param name="exchangeOf">An exchange for one request.</param>
    public BodyVerdict Judge(JsonBody batch, WireProtocol protocol, JsonSplicer splicer, Exchange exchange, Func<WireProtocol, string, Exchange> exchangeOf)
    {
        var verdict = default(BodyVerdict);
        if (protocol.Each is not { } each)
        {
            return verdict;
        }

        using var body = JsonBody.Rent();
        var edits = new JsonSplicer(body);
        var exchanges = new Dictionary<string, Exchange>(StringComparer.Ordinal);
        var number = 0;
        for (var i = 0; i < batch.ContainerCount; i++)
        {
            if (batch.Containers[i].Field != protocol.EachAt)
            {
                continue;
            }

            number++;
            var place = batch.Containers[i];
            if (body.Read(batch.Bytes[place.Start..place.End], each.Request) is { } problem)
            {
                // It was read strictly as part of the batch.
                throw new InvalidOperationException($"A request that was read can't be read again: {problem.Code}.");
            }

            var model = each.ModelOf(body) ?? "";
            if (!exchanges.TryGetValue(model, out var own))
            {
                exchanges.Add(model, own = exchangeOf(each, model));
            }

            if (ReferenceEquals(own.Policy, exchange.Policy))
            {
                continue;
            }

            edits.Begin(body);
            verdict = verdict.And(filter.JudgeRead(body, edits, Direction.Prompt, own, $"request {number}: "));
            if (edits.HasEdits)
            {
                splicer.ReplaceContainer(i, edits.ToArray());
            }
        }

        foreach (var own in exchanges.Values)
        {
            exchange.Take(own);
        }

        return verdict;
    }
}
