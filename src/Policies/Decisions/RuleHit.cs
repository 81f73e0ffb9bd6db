using System.Collections.ObjectModel;
using System.Runtime.InteropServices;
using EdgeFilter.Detection;
using EdgeFilter.Detection.Classifiers;
using EdgeFilter.Policies.Compilation;

namespace EdgeFilter.Policies.Decisions;

/// <summary>One rule that applied to one text, and on what evidence. Holds places and scores, never text.</summary>
public sealed class RuleHit
{
    private readonly List<FindingEvidence> findings = [];
    private Dictionary<string, int>? more;

    internal RuleHit(CompiledRule rule, CompiledException? exceptedBy)
    {
        Rule = rule;
        ExceptedBy = exceptedBy;
    }

    public CompiledRule Rule { get; }

    /// <summary>The exception or waiver that kept the rule from acting; null when it acted.</summary>
    public CompiledException? ExceptedBy { get; }

    /// <summary>What was done: the rule's action, or <see cref="PolicyAction.Log"/> when it was excepted or runs in shadow.</summary>
    public PolicyAction Action =>
        ExceptedBy is not null || Rule.Shadow || (Failed && Rule.OnFailure == FailureAction.Allow) ? PolicyAction.Log
        : Failed ? PolicyAction.Block
        : Rule.Then;

    public IReadOnlyList<FindingEvidence> Findings => findings;

    /// <summary>The classifier and label that decided; empty when findings did.</summary>
    public string Classifier { get; internal set; } = "";

    /// <summary>The last stage of the classifier that had a say in the score; null where no classifier decided.</summary>
    public ClassifierStage? Stage { get; internal set; }

    /// <summary>The highest score, 0 to 1.</summary>
    public float Score { get; internal set; }

    /// <summary>True when the evidence could not be had and <see cref="CompiledRule.OnFailure"/> decided.</summary>
    public bool Failed { get; internal set; }

    /// <summary>True while further findings are kept one by one.</summary>
    internal bool KeepsMore => findings.Count < MaxFindings;

    internal void Add(in FindingEvidence evidence)
    {
        if (KeepsMore)
        {
            findings.Add(evidence);
        }
        else
        {
            CollectionsMarshal.GetValueRefOrAddDefault(more ??= new Dictionary<string, int>(StringComparer.Ordinal), evidence.Detector.Entity, out _)++;
        }

        FindingCount++;
    }

    /// <summary>All findings, also those beyond <see cref="MaxFindings"/>.</summary>
    public int FindingCount { get; private set; }

    /// <summary>How many findings of each entity there were beyond <see cref="MaxFindings"/>.</summary>
    public IReadOnlyDictionary<string, int> More => more ?? (IReadOnlyDictionary<string, int>)ReadOnlyDictionary<string, int>.Empty;

    /// <summary>How many findings are kept one by one; more are counted.</summary>
    public const int MaxFindings = 64;
}

/// <summary>A finding as a record may keep it.</summary>
/// <param name="Detector">Who found it.</param>
/// <param name="Span">Where, in UTF-16 code units of the segment's text.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Fingerprint">A keyed hash of the value, to recognise it again without knowing it.</param>
public readonly record struct FindingEvidence(DetectorInfo Detector, TextSpan Span, float Confidence, string Fingerprint);
