using EdgeFilter.Policies;
using EdgeFilter.Policies.Candidates;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Decisions;
using EdgeFilter.Proxy.Streaming;

namespace EdgeFilter.Proxy.Candidates;

/// <summary>
/// One exchange that a candidate looks at too: collects its texts while they are judged, and hands them over when a direction is
/// complete. Changes nothing and waits for nothing. Used by one request at a time.
/// </summary>
internal sealed class CandidateSample : IDisposable
{
    /// <summary>What is longer costs more than it tells.</summary>
    private const int LongestDirection = 256 * 1_024;

    /// <summary>Further parts of a direction are as the policies in force see them, and not looked at.</summary>
    private const int MostParts = 256;

    private readonly CandidateTraffic traffic;
    private List<SampledText> texts = [];
    private List<UninspectedPart> parts = [];
    private RuleActions actions = new();
    private int reserved;
    private bool isOver;

    public CandidateSample(CandidateTraffic traffic, Candidate candidate, PolicyContext context, CompiledPolicy live, CandidateFacts facts)
    {
        this.traffic = traffic;
        Candidate = candidate;
        Context = context;
        Live = live;
        Facts = facts;
    }

    public Candidate Candidate { get; }

    public PolicyContext Context { get; }

    public CompiledPolicy Live { get; }

    public CandidateFacts Facts { get; }

    /// <summary>Made and used by the candidate's own thread alone.</summary>
    public CandidateJudge? Judge { get; set; }

    /// <summary>Takes a copy of a whole text.</summary>
    public void Take(SegmentRole role, string tool, ReadOnlySpan<char> text)
    {
        if (!text.IsEmpty)
        {
            Append(Open(role, tool), text);
        }
    }

    /// <summary>Notes what the rules in force had to say to it.</summary>
    public void Note(IReadOnlyList<RuleHit> hits) => actions.Add(hits);

    /// <summary>Notes a part that nobody reads, and what the rules in force had to say to it.</summary>
    public void Take(in UninspectedPart part, IReadOnlyList<RuleHit> hits)
    {
        if (!isOver && parts.Count < MostParts)
        {
            parts.Add(part);
            actions.Add(hits);
        }
    }

    /// <summary>Takes a copy of what flows through a channel of a stream.</summary>
    public ITextChannel Follow(ITextChannel channel, SegmentRole role, string tool) => new Followed(this, channel, Open(role, tool));

    /// <summary>One direction is complete: it can be judged.</summary>
    /// <param name="direction">Which.</param>
    /// <param name="label">The region label of the provider that the client asked for; null when nobody asks for one any more.</param>
    public void Complete(Direction direction, string? label)
    {
        if (isOver)
        {
            return;
        }

        var work = new CandidateWork(this, direction, label, texts, parts, actions, reserved);
        (texts, parts, actions, reserved) = ([], [], new RuleActions(), 0);
        isOver = !traffic.TryQueue(work);
    }

    // An exchange may end in a way that nobody foresaw here: what it had reserved must not stay so for good.
    ~CandidateSample() => traffic.Release(reserved);

    /// <summary>The exchange has ended: what was not handed over is forgotten.</summary>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        isOver = true;
        texts.ForEach(t => t.Clear());
        texts = [];
        traffic.Release(reserved);
        reserved = 0;
    }

    private SampledText Open(SegmentRole role, string tool)
    {
        var text = new SampledText(role, tool);
        if (!isOver)
        {
            texts.Add(text);
        }

        return text;
    }

    private void Append(SampledText text, ReadOnlySpan<char> piece)
    {
        if (isOver)
        {
            return;
        }

        if (reserved + piece.Length > LongestDirection)
        {
            Candidate.Report.SkipTooLong();
            Dispose();
        }
        else if (!traffic.TryReserve(piece.Length))
        {
            Candidate.Report.Skip();
            Dispose();
        }
        else
        {
            reserved += piece.Length;
            text.Append(piece);
        }
    }

    private sealed class Followed(CandidateSample sample, ITextChannel channel, SampledText text) : ITextChannel
    {
        public ChannelResult Push(ReadOnlySpan<char> delta)
        {
            sample.Append(text, delta);
            return channel.Push(delta);
        }

        public ChannelResult Complete() => channel.Complete();

        public void Dispose() => channel.Dispose();
    }
}

/// <summary>One direction of an exchange, ready to be judged.</summary>
internal sealed record CandidateWork(
    CandidateSample Sample, Direction Direction, string? Label, List<SampledText> Texts, List<UninspectedPart> Parts, RuleActions Live, int Reserved)
{
    public override string ToString() => $"{Direction} of {Texts.Count} texts";
}
