using EdgeFilter.Proxy.Bodies;

namespace EdgeFilter.Proxy.Streaming;

/// <summary>A <see cref="ChannelRule"/> with its names resolved.</summary>
internal sealed record CompiledChannel(ChannelRule Rule, int Channel, KeyPath Lane, KeyPath Part)
{
    /// <summary>The flag that must be true beside it, or -1.</summary>
    public short OnlyWith { get; init; } = -1;

    /// <summary>The value beside it that an edit removes, or -1.</summary>
    public short Beside { get; init; } = -1;

    public bool IsArguments => Rule.Use != ChannelUse.Text;

    public bool IsFor(string? eventType)
    {
        if (Rule.EventTypes is null)
        {
            return true;
        }

        foreach (var type in Rule.EventTypes)
        {
            if (type == eventType)
            {
                return true;
            }
        }

        return false;
    }

    public static CompiledChannel Compile(ChannelRule rule, int channel, StreamDescription stream) =>
        new(rule, channel, KeyPath.Compile(rule.Lane ?? stream.Lane, stream.Fields), KeyPath.Compile(rule.Part, stream.Fields))
        {
            OnlyWith = rule.OnlyWith is null ? (short)-1 : stream.Fields.FieldOf(rule.OnlyWith),
            Beside = rule.Beside is null ? (short)-1 : stream.Fields.FieldOf(rule.Beside),
        };
}
