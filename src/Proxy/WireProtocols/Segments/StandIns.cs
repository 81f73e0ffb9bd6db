using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.Answers;

namespace EdgeFilter.Proxy.WireProtocols.Segments;

/// <summary>
/// Takes media out of a message, and puts a note in its place: a part of text where the protocol has parts, nothing where pictures
/// are a list of their own.
/// </summary>
internal sealed class StandIns(JsonBody body, JsonSplicer splicer)
{
    private readonly Dictionary<int, HashSet<int>> removed = [];

    /// <summary>Takes out the part that a leaf stands in.</summary>
    /// <returns>False when nothing can stand in its place, so that the body must not go on.</returns>
    public bool TryReplace(int leaf, string note)
    {
        if (leaf < 0)
        {
            return false;
        }

        var container = body.Leaves[leaf].Container;
        if (container >= 0 && body.Containers[container].IsArray)
        {
            return TryRemove(container, leaf);
        }

        for (; container >= 0; container = body.Containers[container].Parent)
        {
            var parent = body.Containers[container].Parent;
            if (!body.Containers[container].IsArray && parent >= 0 && body.Containers[parent].IsArray)
            {
                if (PartOf(container, note) is not { } part)
                {
                    return false;
                }

                splicer.ReplaceContainer(container, part);
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes the lists that elements were taken out of.</summary>
    public void Finish()
    {
        foreach (var (array, gone) in removed)
        {
            var kept = new List<byte>();
            for (var i = body.Containers[array].LeafStart; i < body.Containers[array].LeafEnd; i++)
            {
                if (!gone.Contains(i))
                {
                    kept.AddRange([(byte)(kept.Count == 0 ? '[' : ','), (byte)'"', .. body.Raw(i), (byte)'"']);
                }
            }

            splicer.ReplaceContainer(array, kept.Count == 0 ? "[]"u8.ToArray() : [.. kept, (byte)']']);
        }
    }

    private bool TryRemove(int array, int leaf)
    {
        var container = body.Containers[array];
        if (container.ContainerEnd != array + 1 || container.LeafEnd - container.LeafStart != container.Count)
        {
            return false;
        }

        if (!removed.TryGetValue(array, out var gone))
        {
            removed.Add(array, gone = []);
        }

        gone.Add(leaf);
        return true;
    }

    // The description of a part says how a text is written there: with a type of its own, or by the member alone.
    private byte[]? PartOf(int container, string note)
    {
        var members = body.Map.StepsFrom(body.Containers[container].Field).ToDictionary(s => s.Step, s => s.Field, StringComparer.Ordinal);
        if (!members.ContainsKey("text") || members.ContainsKey("uri"))
        {
            return null;
        }

        string? type = null;
        if (members.TryGetValue("type", out var field))
        {
            var words = body.Map[field].Rules.SelectMany(r => r.Words ?? []).ToHashSet(StringComparer.Ordinal);
            type = words.Contains("input_text") ? FieldContext.Of(body, container).Role == SegmentRole.Assistant ? "output_text" : "input_text"
                : words.Contains("text") ? "text"
                : null;
            if (type is null)
            {
                return null;
            }
        }

        return JsonAnswer.Bytes(json =>
        {
            json.WriteStartObject();
            if (type is not null)
            {
                json.WriteString("type", type);
            }

            json.WriteString("text", note);
            json.WriteEndObject();
        });
    }
}
