using EdgeFilter.Policies.Documents;

namespace EdgeFilter.Policies.Combining;

/// <summary>Who extends whom.</summary>
internal static class Lineage
{
    /// <summary>The policy and all that it extends, at any distance, ordered by name; circles and unknown names do no harm.</summary>
    public static IReadOnlyList<PolicyDocument> Of(PolicyDocument policy, IReadOnlyDictionary<string, PolicyDocument> known)
    {
        var seen = new SortedDictionary<string, PolicyDocument>(StringComparer.Ordinal) { [policy.NameOrFile] = policy };
        var open = new Stack<PolicyDocument>([policy]);
        while (open.TryPop(out var next))
        {
            foreach (var parent in next.Extends)
            {
                if (known.TryGetValue(parent.Value, out var document) && seen.TryAdd(parent.Value, document))
                {
                    open.Push(document);
                }
            }
        }

        return [.. seen.Values];
    }

    /// <summary>A way from the policy back to itself, by name; null when there is none.</summary>
    public static IReadOnlyList<string>? CircleFrom(PolicyDocument policy, IReadOnlyDictionary<string, PolicyDocument> known)
    {
        var start = policy.NameOrFile;
        var came = new Dictionary<string, string>(StringComparer.Ordinal);
        var open = new Queue<string>([start]);
        while (open.TryDequeue(out var name))
        {
            foreach (var parent in known.GetValueOrDefault(name)?.Extends.Select(e => e.Value) ?? [])
            {
                if (parent == start)
                {
                    return Way(name, start, came);
                }

                if (came.TryAdd(parent, name))
                {
                    open.Enqueue(parent);
                }
            }
        }

        return null;
    }

    private static List<string> Way(string last, string start, Dictionary<string, string> came)
    {
        var way = new List<string> { start };
        for (var name = last; name != start; name = came[name])
        {
            way.Add(name);
        }

        way.Add(start);
        way.Reverse();
        return way;
    }
}
