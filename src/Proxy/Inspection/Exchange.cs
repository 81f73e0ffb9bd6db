using System.Diagnostics;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Proxy.Candidates;
using EdgeFilter.Proxy.Configuration;
using EdgeFilter.Proxy.Identity;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>One request with its response: who asks, under which policy, and what has been decided so far. Holds no content.</summary>
internal sealed class Exchange
{
    private readonly List<SegmentHit> hits = [];
    private readonly HashSet<string> coverage = new(StringComparer.Ordinal);
    private HashSet<(CompiledRule Rule, CoverageKind Kind)>? passed;
    private bool idTaken;

    public Exchange(Guid id, DateTimeOffset started, ClientIdentity client, CompiledPolicy policy)
    {
        Started = started;
        Id = id;
        Client = client;
        Policy = policy;
        SystemPhrases = Policies.Decisions.SystemPhrases.For(policy);
    }

    public DateTimeOffset Started { get; }

    /// <summary>The exchange's id, which answers and records name.</summary>
    public Guid Id { get; }

    public string RequestId => field ??= RequestIdOf(Id);

    /// <summary>How answers, logs and records spell an exchange's id.</summary>
    public static string RequestIdOf(Guid id) => $"req_{id:N}";

    public ClientIdentity Client { get; }

    /// <summary>The policy that the exchange began with; a reload changes nothing for it.</summary>
    public CompiledPolicy Policy { get; }

    /// <summary>Hashes of what the system prompt says; null when no rule asks whether it leaks.</summary>
    public Policies.Decisions.SystemPhrases? SystemPhrases { get; set; }

    /// <summary>Who gets the request; a policy may choose another than the path names.</summary>
    public Provider? Provider { get; set; }

    public string Protocol { get; init; } = "";

    /// <summary>The path's template, never the raw path.</summary>
    public string Route { get; init; } = "";

    public string Cluster { get; set; } = "";

    public string Model { get; init; } = "";

    public bool IsStreamed { get; init; }

    /// <summary>The tool that the whole request calls, as over MCP: its answer is that tool's result. Empty otherwise. Chosen by a model: not to be logged.</summary>
    public string CalledTool { get; set; } = "";

    /// <summary>A candidate's look at the exchange; null when none looks.</summary>
    public CandidateSample? Sample { get; init; }

    /// <summary>What has applied so far, prompt and output.</summary>
    public IReadOnlyList<SegmentHit> Hits => hits;

    public IEnumerable<string> Coverage => coverage;

    /// <summary>Time spent in the filter, in <see cref="Stopwatch"/> ticks.</summary>
    public long FilterTicks { get; set; }

    public long UpstreamStarted { get; set; }

    /// <summary>What a stream carries beside text that rules were held against already.</summary>
    public Streaming.StreamCoverage JudgedCoverage { get; set; }

    /// <summary>
    /// A rule found something where the model is named, in the body or the URL: a client may write anything there, so the name is content
    /// that no record may repeat.
    /// </summary>
    public bool IsModelTelling { get; private set; }

    public void Add(SegmentHit hit)
    {
        hits.Add(hit);
        IsModelTelling |= hit.Path is "model" or "envelope" || hit.Path.EndsWith(".model", StringComparison.Ordinal) || hit.Path.EndsWith(":model", StringComparison.Ordinal);
    }

    /// <summary>Lets go of what a record holds already: an answer of many parts must not keep them all.</summary>
    /// <param name="from">The first hit to let go of.</param>
    public void Forget(int from) => hits.RemoveRange(from, hits.Count - from);

    /// <summary>True when a rule has not yet said of a kind of part that it passes unread.</summary>
    public bool IsFirst(CompiledRule rule, CoverageKind kind) => (passed ??= []).Add((rule, kind));

    /// <summary>Counts what passes unread together with another exchange of the same session, so that it is said once for all of it.</summary>
    public void PassesAs(Exchange session) => passed = session.passed ??= [];

    /// <summary>True once: one record of an exchange carries its own id, which the client is told.</summary>
    public bool TakeId()
    {
        var isFirst = !idTaken;
        idTaken = true;
        return isFirst;
    }

    /// <summary>Takes over what an exchange for a part of this one has found.</summary>
    public void Take(Exchange part)
    {
        hits.AddRange(part.hits);
        IsModelTelling |= part.IsModelTelling;
        coverage.UnionWith(part.coverage);
    }

    /// <summary>Notes something that was not, or not fully, inspected.</summary>
    public void NoteUninspected(string what) => coverage.Add(what);
}

/// <summary>A rule that applied, and to which part of which message.</summary>
/// <param name="Hit">The rule and its evidence.</param>
/// <param name="Direction">Which way the text went.</param>
/// <param name="Role">Who speaks in it.</param>
/// <param name="Path">Where it stands: <c>messages[2].content</c>.</param>
/// <param name="FirstFinding">Findings before this one are in an earlier record.</param>
/// <param name="Evidence">The text, sealed, where the rule keeps it.</param>
internal sealed record SegmentHit(
    Policies.Decisions.RuleHit Hit, Direction Direction, SegmentRole Role, string Path, int FirstFinding = 0, BlockLog.SealedEvidence? Evidence = null);
