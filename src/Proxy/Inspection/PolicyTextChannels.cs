using EdgeFilter.Policies;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Decisions;
using EdgeFilter.Policies.Filtering;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Streaming;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>Filters the texts of one stream under the exchange's policy.</summary>
internal sealed class PolicyTextChannels(Exchange exchange, IValueHasher hasher, EvidenceSealer sealer, TimeProvider clock) : ITextChannelFactory
{
    private readonly List<(TextFilter Filter, StreamChannel Channel, StreamedText? Kept)> filters = [];
    private readonly Dictionary<RuleHit, int> recorded = [];

    /// <summary>The rule that ends the stream; null while it may go on.</summary>
    public CompiledRule? BlockedBy { get; private set; }

    public ITextChannel Open(StreamChannel channel)
    {
        var opened = OpenFiltered(channel);
        return exchange.Sample is { } sample ? sample.Follow(opened, channel.Role, channel.ToolName ?? "") : opened;
    }

    /// <summary>The text has ended, or its stream has: a candidate may judge what came.</summary>
    public void CompleteSample()
    {
        if (exchange.Sample is { } sample)
        {
            filters.ForEach(f => sample.Note(f.Filter.Hits));
            sample.Complete(Direction.Output, label: null);
        }
    }

    private ITextChannel OpenFiltered(StreamChannel channel)
    {
        var plan = exchange.Policy.PlanFor(Direction.Output, channel.Role);
        if (plan.IsEmpty)
        {
            return UnfilteredChannel.Instance;
        }

        var filter = new TextFilter(plan, hasher, new SegmentFacts { Tool = channel.ToolName ?? exchange.CalledTool, SystemPhrases = exchange.SystemPhrases }, clock);
        var kept = sealer.IsOn && plan.KeepsEvidence ? new StreamedText() : null;
        filters.Add((filter, channel, kept));
        return new Channel(this, filter, channel, kept);
    }

    /// <summary>
    /// What has applied since the last call, for the record that must be durable before the text it concerns is shown. A rule
    /// counts once when it first applies; how often in all is told by the hits at the end.
    /// </summary>
    public IReadOnlyList<SegmentHit> TakeNewHits(bool atEnd)
    {
        List<SegmentHit>? fresh = null;
        foreach (var (filter, channel, kept) in filters)
        {
            SealedEvidence? evidence = null;
            foreach (var hit in filter.Hits)
            {
                var seen = recorded.GetValueOrDefault(hit, -1);
                if (seen < 0 || (atEnd && seen < hit.FindingCount))
                {
                    recorded[hit] = hit.FindingCount;
                    var path = $"{channel.Field}[{channel.Lane}:{channel.Part}]";
                    var keeps = hit.Rule.Evidence == Evidence.Sealed;
                    if (keeps && kept is { IsEmpty: false })
                    {
                        evidence = kept.Seal(sealer, EvidenceSealer.FirstOf([hit]), exchange.RequestId, path, channel.Role);
                    }

                    (fresh ??= []).Add(new SegmentHit(hit, Direction.Output, channel.Role, path, Math.Max(0, seen), keeps ? evidence : null));
                }
            }
        }

        return fresh ?? (IReadOnlyList<SegmentHit>)[];
    }

    private ChannelResult Answer(FilteredText text, TextFilter filter, StreamChannel channel)
    {
        if (text.IsBlocked)
        {
            BlockedBy ??= filter.BlockedBy;
            return ChannelResult.Block();
        }

        if (!text.IsUnchanged && !channel.IsEditable && UneditableBlock.RuleFor(filter) is { } rule)
        {
            BlockedBy ??= rule;
            return ChannelResult.Block();
        }

        return text.IsUnchanged ? ChannelResult.Unchanged(text.Released) : ChannelResult.Release(text.Released);
    }

    // A stream has thousands of short texts in which nothing was found: they are not kept to its end.
    private void Forget(TextFilter filter)
    {
        if (filter.Hits.Count == 0)
        {
            filters.RemoveAt(filters.FindLastIndex(f => f.Filter == filter));
        }
    }

    private sealed class Channel(PolicyTextChannels owner, TextFilter filter, StreamChannel channel, StreamedText? kept) : ITextChannel
    {
        public ChannelResult Push(ReadOnlySpan<char> delta)
        {
            kept?.Add(delta);
            return owner.Answer(filter.Push(delta), filter, channel);
        }

        public ChannelResult Complete() => owner.Answer(filter.Complete(), filter, channel);

        public void Dispose()
        {
            filter.Dispose();
            owner.Forget(filter);
        }
    }

    /// <summary>A text that no rule looks at.</summary>
    private sealed class UnfilteredChannel : ITextChannel
    {
        public static UnfilteredChannel Instance { get; } = new();

        public ChannelResult Push(ReadOnlySpan<char> delta) => ChannelResult.Unchanged(delta);

        public ChannelResult Complete() => ChannelResult.Unchanged([]);

        public void Dispose()
        {
        }
    }
}
