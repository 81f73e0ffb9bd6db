using EdgeFilter.Detection.Classifiers;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Documents;

namespace EdgeFilter.Policies.Explaining;

/// <summary>What is in force for a context, and where each part of it comes from.</summary>
public sealed record PolicyExplanation
{
    public required PolicyContext Context { get; init; }

    public required string Digest { get; init; }

    public required IReadOnlyList<ExplainedPolicy> Policies { get; init; }

    public required IReadOnlyList<ExplainedRule> Rules { get; init; }

    public required IReadOnlyList<ExplainedWaiver> Waivers { get; init; }

    /// <summary>Clusters that may be used, best first; null when no policy limits them.</summary>
    public IReadOnlyList<string>? Clusters { get; init; }
}

/// <param name="Because">The policies that apply by themselves and bring it in.</param>
public sealed record ExplainedPolicy(string Name, string Version, string Digest, SourcePlace At, bool InShadow, IReadOnlyList<string> Because);

/// <param name="Rule">The rule in force.</param>
/// <param name="At">Where it is written.</param>
/// <param name="Stream">What it makes the reader of a stream wait for.</param>
/// <param name="HoldBack">How much text it can hold back, in UTF-16 code units; 0 when it holds none.</param>
/// <param name="Detectors">How many detectors it needs.</param>
/// <param name="Classifiers">The models that it asks.</param>
public sealed record ExplainedRule(CompiledRule Rule, SourcePlace At, StreamMode Stream, int HoldBack, int Detectors, IReadOnlyList<ExplainedClassifier> Classifiers);

/// <param name="Name">The model.</param>
/// <param name="Stages">What of it is asked, cheapest first: the next one only about what the one before leaves open.</param>
public sealed record ExplainedClassifier(string Name, IReadOnlyList<ClassifierStage> Stages);

public sealed record ExplainedWaiver(string Name, string Owner, string Reason, DateOnly Expires, IReadOnlyList<string> Rules, SourcePlace At);
