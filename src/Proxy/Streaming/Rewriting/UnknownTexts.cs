using EdgeFilter.Policies;
using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>
/// Members of a delta that the description does not know: servers add texts of their own there, in pieces like the others, so
/// that each name is a text of its own.
/// </summary>
internal sealed class UnknownTexts
{
    private const int MaxNames = 32;
    private const int FirstChannel = 1000;

    // What describes a piece is said whole, not continued.
    private static readonly HashSet<string> Labels = ["type", "id", "name", "role", "index", "format", "status", "signature"];

    private readonly Dictionary<string, CompiledChannel> lines = new(StringComparer.Ordinal);
    private readonly CompiledStream stream;

    public UnknownTexts(CompiledStream stream)
    {
        this.stream = stream;
    }

    /// <summary>The line for an unknown leaf that is a direct member of a delta; null for others, which are inspected one by one.</summary>
    public CompiledChannel? LineOf(JsonBody body, in JsonLeaf leaf)
    {
        if (stream.Delta < 0 || leaf.Name < 0 || leaf.Container < 0 || body.Containers[leaf.Container].Field != stream.Delta)
        {
            return null;
        }

        var name = body.Text(leaf.Name);
        if (Labels.Contains(name) || lines.TryGetValue(name, out var line))
        {
            return lines.GetValueOrDefault(name);
        }

        return lines.Count >= MaxNames ? null : lines[name] = CompiledChannel.Compile(
            new ChannelRule("", "other", SegmentRole.Assistant), FirstChannel + lines.Count, stream.Description) with { IsUnknown = true };
    }
}
