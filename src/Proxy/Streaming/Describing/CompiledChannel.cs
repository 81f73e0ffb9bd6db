using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>A <see cref="ChannelRule"/> with its names resolved.</summary>
internal sealed record CompiledChannel(ChannelRule Rule, int Channel, KeyPath Lane, KeyPath Part)
{
    /// <summary>The flag that must be true beside it, or -1.</summary>
    public short OnlyWith { get; init; } = -1;

    /// <summary>The value beside it that an edit removes, or -1.</summary>
    public short Beside { get; init; } = -1;

    /// <summary>True for a text that the description does not know.</summary>
    public bool IsUnknown { get; init; }

    public bool IsArguments => Rule.Use != ChannelUse.Text;

    public bool IsFor(string? eventType)
    {
        if (Rule.EventTypes is null)
        {
            return eventType is null || !Contains(Rule.ExceptTypes, eventType);
        }

        return eventType is not null && Contains(Rule.EventTypes, eventType);
    }

    public static CompiledChannel Compile(ChannelRule rule, int channel, StreamDescription stream) =>
        new(rule, channel, KeyPath.Compile(rule.Lane ?? stream.Lane, stream.Fields), KeyPath.Compile(rule.Part, stream.Fields))
        {
            OnlyWith = rule.OnlyWith is null ? (short)-1 : stream.Fields.FieldOf(rule.OnlyWith),
            Beside = rule.Beside is null ? (short)-1 : stream.Fields.FieldOf(rule.Beside),
        };

    private static bool Contains(IReadOnlyList<string> types, string type)
    {
        for (var i = 0; i < types.Count; i++)
        {
            if (types[i] == type)
            {
                return true;
            }
        }

        return false;
    }
}
