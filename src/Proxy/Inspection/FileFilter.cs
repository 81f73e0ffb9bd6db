using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols;
using EdgeFilter.Proxy.WireProtocols.Lines;
using EdgeFilter.Proxy.WireProtocols.Segments;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>
/// Judges files of text on their way to the provider: JSON Lines line by line, each as the body that it holds and under the policy
/// of the model that it asks, any other text as one.
/// </summary>
internal sealed class FileFilter(BodyFilter filter)
{
    // What a provider reads as JSON Lines: a line that isn't JSON can't be judged there.
    private static readonly string[] PurposesOfLines = ["batch", "fine-tune", "evals"];

    /// <summary>Judges the files of a form.</summary>
    /// <param name="form">Read with its protocol's description; has the files.</param>
    /// <param name="splicer">Takes the edits; of the same form.</param>
    /// <param name="exchange">Takes the hits.</param>
    /// <param name="exchangeOf">An exchange for the body of a line, which may ask another model than its neighbours.</param>
    /// <param name="problem">Why a file can't be judged; null when all were.</param>
    public BodyVerdict Judge(
        InspectedBody form, JsonSplicer splicer, Exchange exchange, Func<WireProtocol, string, Exchange> exchangeOf, out BodyProblem? problem)
    {
        problem = null;
        var verdict = default(BodyVerdict);
        foreach (var leaf in form.Files)
        {
            var place = form.Body.Leaves[leaf];
            var file = form.Body.Bytes.Slice(place.Start, place.Length);
            var mustBeLines = PurposesOfLines.Contains(PurposeOf(form.Body), StringComparer.Ordinal);
            verdict = verdict.And(mustBeLines || AreLines(file)
                ? JudgeLines(file, place.Start, splicer, exchange, exchangeOf, out problem)
                : JudgeText(file, place.Start, splicer, exchange));
            if (problem is not null)
            {
                return verdict;
            }
        }

        return verdict;
    }

    private BodyVerdict JudgeLines(
        ReadOnlyMemory<byte> file, int offset, JsonSplicer splicer, Exchange exchange, Func<WireProtocol, string, Exchange> exchangeOf, out BodyProblem? problem)
    {
        problem = null;
        using var body = JsonBody.Rent();
        var edits = new JsonSplicer(body);
        var exchanges = new Dictionary<(string, string), Exchange>();
        var verdict = default(BodyVerdict);
        var number = 0;
        foreach (var range in TextLines.Of(file.Span))
        {
            number++;
            var line = file[range];
            if (line.Span.ContainsAnyExcept(" \t\r"u8) is false)
            {
                continue;
            }

            var (kind, unread) = LineBodies.Of(line, body);
            problem = unread ?? body.Read(line, kind.Map);
            if (problem is not null)
            {
                problem = problem with { Message = $"Line {number} of the file: {problem.Message}", Offset = -1 };
                return verdict;
            }

            if (!exchanges.TryGetValue((kind.Protocol.Id, kind.Model), out var own))
            {
                own = exchangeOf(kind.Protocol, kind.Model);
                exchanges.Add((kind.Protocol.Id, kind.Model), own);
            }

            edits.Begin(body);
            var judged = filter.JudgeRead(body, edits, Direction.Prompt, own, $"line {number}: ");
            verdict = verdict.And(judged with { Line = judged.BlockedBy is null ? 0 : number });
            if (edits.HasEdits)
            {
                splicer.ReplaceBytes(offset + range.Start.Value, line.Length, edits.ToArray());
            }
        }

        foreach (var own in exchanges.Values)
        {
            exchange.Take(own);
        }

        return verdict;
    }

    private BodyVerdict JudgeText(ReadOnlyMemory<byte> file, int offset, JsonSplicer splicer, Exchange exchange)
    {
        using var body = JsonBody.Rent();
        body.ReadText(file, FileTable.Document);
        var edits = new JsonSplicer(body);
        var verdict = filter.JudgeRead(body, edits, Direction.Prompt, exchange, "file: ");
        if (edits.HasEdits)
        {
            splicer.ReplaceBytes(offset, file.Length, edits.ToArray());
        }

        return verdict;
    }

    private static string PurposeOf(JsonBody form)
    {
        for (var i = 0; i < form.LeafCount; i++)
        {
            if (form.Leaves[i] is { Container: 0, Name: >= 0 } leaf && form.IsWord(leaf.Name, "purpose"))
            {
                return form.Text(i);
            }
        }

        return "";
    }

    // Every line is an object: then it is read as what it says it is, whatever the file is called.
    private static bool AreLines(ReadOnlyMemory<byte> file)
    {
        var start = file.Span.TrimStart(" \t\r\n"u8);
        if (start.IsEmpty || start[0] != (byte)'{')
        {
            return false;
        }

        using var body = JsonBody.Rent();
        foreach (var range in TextLines.Of(file.Span))
        {
            var line = file[range];
            if (line.Span.ContainsAnyExcept(" \t\r"u8) && (LineBodies.Of(line, body).Problem is not null || body.ContainerCount == 0))
            {
                return false;
            }
        }

        return true;
    }
}
