using System.Text;
using System.Text.Json;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Tests.WireProtocols;

/// <summary>Every place that a protocol's table names, and the smallest body that has something there.</summary>
internal static class DeclaredPlaces
{
    /// <summary>The shortest way to each field.</summary>
    public static Dictionary<short, string[]> Of(FieldMap map)
    {
        var places = new Dictionary<short, string[]> { [FieldMap.Root] = [] };
        var queue = new Queue<short>([FieldMap.Root]);
        while (queue.TryDequeue(out var field))
        {
            foreach (var (step, next) in map.StepsFrom(field))
            {
                if (places.TryAdd(next, [.. places[field], step]))
                {
                    queue.Enqueue(next);
                }
            }
        }

        places.Remove(FieldMap.Root);
        return places;
    }

    /// <summary>A body with a text at one place.</summary>
    public static byte[] Document(string[] steps, string text)
    {
        var json = JsonSerializer.Serialize(text);
        foreach (var step in steps.Reverse())
        {
            json = step == "[]" ? $"[{json}]" : $"{{\"{(step == "*" ? "k" : step)}\":{json}}}";
        }

        return Encoding.UTF8.GetBytes(json);
    }
}
