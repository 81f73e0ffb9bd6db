using System.Text.Json.Serialization;
using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>
/// One decision as the block log keeps it: who, where, which rule, what kind of thing and where it stood. Never the thing.
/// </summary>
/// <remarks>
/// The properties are an allow-list: there is nowhere to put a header, a body, a match or an upstream's error text.
/// Every string is bounded and made one line as it is set, so that a record is safe to write anywhere.
/// docs/block-log.md describes each field for those who read exports.
/// </remarks>
internal sealed record BlockRecord
{
    /// <summary>Names the shape; a change that an old reader would misread gets a new number.</summary>
    public const string CurrentSchema = "edgefilter.block-record/1";

    public const int MaxFindings = 200;
    public const int MaxListed = 64;
    private const int NameLength = 128;

    public string Schema { get; init; } = CurrentSchema;

    /// <summary>A version 7 UUID: sorts by time, and is what the client's refusal names.</summary>
    public required Guid Id { get; init; }

    /// <summary>When the decision was taken, in UTC.</summary>
    public required DateTimeOffset Time { get; init => field = value.ToUniversalTime(); }

    /// <summary>The strictest action of the rules that matched.</summary>
    public required PolicyAction Action { get; init; }

    public required Direction Direction { get; init; }

    public Severity Severity { get; init; } = Severity.Medium;

    /// <summary>The reason as the policy words it. Not made from what was inspected.</summary>
    public string Reason { get; init => field = SafeText.Line(value, 500); } = "";

    public string Tenant { get; init => field = SafeText.Line(value, NameLength); } = "";

    public string Region { get; init => field = SafeText.Line(value, NameLength); } = "";

    /// <summary>The client's configured name; never its key or token.</summary>
    public string Client { get; init => field = SafeText.Line(value, NameLength); } = "";

    public IReadOnlyList<string> Groups { get; init => field = SafeText.BoundedLines(value, MaxListed, NameLength); } = [];

    /// <summary>The effective policy that decided.</summary>
    public PolicyReference Policy { get; init; } = PolicyReference.None;

    /// <summary>Ids of the rules that matched, the deciding one first.</summary>
    public IReadOnlyList<string> Rules { get; init => field = SafeText.BoundedLines(value, MaxListed, NameLength); } = [];

    /// <summary>Wire protocol id: <c>openai.chat</c>, <c>anthropic.messages</c>.</summary>
    public string Protocol { get; init => field = SafeText.Line(value, NameLength); } = "";

    /// <summary>The route's template (<c>/openai/v1/chat/completions</c>), never the raw path or query.</summary>
    public string Route { get; init => field = SafeText.Line(value, 256); } = "";

    public string Provider { get; init => field = SafeText.Line(value, NameLength); } = "";

    /// <summary>The model that the client named, when it looks like a model's name.</summary>
    public string Model { get; init => field = SafeText.ClientName(value, NameLength); } = "";

    /// <summary>The YARP cluster that the request went to, or would have.</summary>
    public string Cluster { get; init => field = SafeText.Line(value, NameLength); } = "";

    /// <summary>HTTP status that the client received.</summary>
    public int Status { get; init; }

    public bool Streamed { get; init; }

    /// <summary>The proxy's id of the exchange, as in its trace and response header.</summary>
    public string RequestId { get; init => field = SafeText.ClientName(value, NameLength); } = "";

    public IReadOnlyList<EntityCount> Entities { get; init => field = SafeText.Bounded(value, MaxListed); } = [];

    /// <summary>The first <see cref="MaxFindings"/> findings; <see cref="Entities"/> counts them all.</summary>
    public IReadOnlyList<RecordedFinding> Findings { get; init => field = SafeText.Bounded(value, MaxFindings); } = [];

    /// <summary>Keyed fingerprints of the values found: equal values can be told, values can't be guessed.</summary>
    public IReadOnlyList<ValueFingerprint> Fingerprints { get; init => field = SafeText.Bounded(value, MaxListed); } = [];

    /// <summary>What of the message was not read as text, and so not judged: <c>image</c>, <c>token-ids</c>, <c>stored-history</c>.</summary>
    public IReadOnlyList<string> Coverage { get; init => field = SafeText.BoundedLines(value, MaxListed, NameLength); } = [];

    /// <summary>Ids of waivers that were used, each with its expiry in the policy set.</summary>
    public IReadOnlyList<string> Waivers { get; init => field = SafeText.BoundedLines(value, MaxListed, NameLength); } = [];

    /// <summary>What shadow rules and candidate policies would have done.</summary>
    public IReadOnlyList<ShadowResult> Shadow { get; init => field = SafeText.Bounded(value, MaxListed); } = [];

    /// <summary>The texts themselves, where a policy asks for it: sealed to a key that the proxy doesn't have.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SealedEvidence>? Evidence { get; init => field = Fitting(value); }

    public RecordTimings Timings { get; init; }

    /// <summary>A new id whose leading bits are <paramref name="time"/>.</summary>
    public static Guid NewId(DateTimeOffset time) => Guid.CreateVersion7(time);

    /// <summary>The record for readers who didn't ask for its evidence: they see that there is some.</summary>
    public BlockRecord WithoutSealedTexts() =>
        Evidence is null ? this : this with { Evidence = [.. Evidence.Select(evidence => evidence with { Sealed = [] })] };

    /// <summary>Id, action and rule: what a log line may say.</summary>
    public override string ToString() =>
        $"{Id} {Action} {Direction} rule {(Rules.Count > 0 ? Rules[0] : "-")}";

    private static List<SealedEvidence>? Fitting(IReadOnlyList<SealedEvidence>? texts)
    {
        var fitting = new List<SealedEvidence>();
        var bytes = 0;
        foreach (var text in texts ?? [])
        {
            if (bytes + text.Sealed.Length <= SealedEvidence.MaxBytesPerRecord && fitting.Count < MaxListed)
            {
                fitting.Add(text);
                bytes += text.Sealed.Length;
            }
        }

        return fitting.Count > 0 ? fitting : null;
    }
}
