using System.Collections.Frozen;
using System.Collections.Immutable;
using EdgeFilter.Detection;
using EdgeFilter.Detection.Classifiers;

namespace EdgeFilter.Policies.Compilation;

/// <summary>What a rule looks for, compiled from <c>find</c>. Immutable.</summary>
public abstract record CompiledCondition
{
    /// <summary>
    /// True when each single finding decides alone: no other part of the text can change its verdict. Only such conditions may
    /// edit a stream while it flows.
    /// </summary>
    public abstract bool IsLocal { get; }

    /// <summary>True when more text can only turn it from false to true, so that a stream may be blocked as soon as it holds.</summary>
    public abstract bool IsMonotone { get; }

    /// <summary>This condition and all below it.</summary>
    public virtual IEnumerable<CompiledCondition> Flatten() => [this];
}

/// <summary>Findings of given detectors: <c>entities</c>, <c>detectors</c>, <c>secrets</c>, <c>dictionaries</c>, URLs.</summary>
public sealed record FindingCondition : CompiledCondition
{
    public required FrozenSet<DetectorInfo> Detectors { get; init; }

    /// <summary>The weakest confidence that counts, 0 to 1.</summary>
    public float AtLeast { get; init; } = Confidence.LikelyFrom;

    /// <summary>How many findings it takes; 1 or more.</summary>
    public int Count { get; init; } = 1;

    /// <summary>A further test of the value (domain lists, value lists); null accepts all.</summary>
    public IValueTest? Accepts { get; init; }

    public override bool IsLocal => Count <= 1;

    public override bool IsMonotone => true;

    public bool Matches(in Finding finding, ReadOnlySpan<char> value) =>
        finding.Confidence >= AtLeast && Detectors.Contains(finding.Detector) && (Accepts is null || Accepts.Holds(value));
}

/// <summary>A test of a matched value. Must be fast, must not keep the value, must not throw.</summary>
public interface IValueTest
{
    bool Holds(ReadOnlySpan<char> value);
}

/// <summary>A classifier's score of a label: <c>classifier</c> with <c>label</c> and <c>at-least</c>.</summary>
public sealed record ClassifierCondition : CompiledCondition
{
    public required ITextClassifier Classifier { get; init; }

    /// <summary>Index into <see cref="ITextClassifier.Labels"/>.</summary>
    public required int Label { get; init; }

    /// <summary>The lowest score that counts, 0 to 1.</summary>
    public required float AtLeast { get; init; }

    public override bool IsLocal => true;

    public override bool IsMonotone => true;
}

/// <summary>The text is at least so long.</summary>
public sealed record SizeCondition : CompiledCondition
{
    /// <summary>UTF-16 code units.</summary>
    public required int AtLeast { get; init; }

    public override bool IsLocal => false;

    public override bool IsMonotone => true;
}

/// <summary>The tool that a segment belongs to has one of these names (<c>*</c> stands for any run of characters).</summary>
public sealed record ToolCondition : CompiledCondition
{
    public required ImmutableArray<string> Names { get; init; }

    public override bool IsLocal => false;

    public override bool IsMonotone => true;
}

/// <summary>The language of the text is (or is not) one of these; texts too short to tell match nothing.</summary>
public sealed record LanguageCondition : CompiledCondition
{
    public required ITextClassifier Classifier { get; init; }

    /// <summary>Indices into <see cref="ITextClassifier.Labels"/>.</summary>
    public required FrozenSet<int> Languages { get; init; }

    /// <summary>True for "any language but these".</summary>
    public bool Except { get; init; }

    /// <summary>Below this probability of the best language a text counts as too short or too mixed to tell.</summary>
    public const float ClearFrom = 0.6f;

    public override bool IsLocal => false;

    public override bool IsMonotone => false;
}

/// <summary>The output repeats a long run of the system prompt.</summary>
public sealed record PromptLeakCondition : CompiledCondition
{
    /// <summary>How many words in a row count as a leak.</summary>
    public required int Words { get; init; }

    public override bool IsLocal => false;

    public override bool IsMonotone => true;
}

public enum Combination
{
    All,
    Any,
    None,
}

/// <summary>Several conditions together: <c>all</c>, <c>any</c>, <c>none</c>.</summary>
public sealed record CombinedCondition : CompiledCondition
{
    public required Combination Kind { get; init; }

    public required ImmutableArray<CompiledCondition> Parts { get; init; }

    public override bool IsLocal => Parts.All(p => p.IsLocal) && (Kind == Combination.Any || (Kind == Combination.All && Parts.Length == 1));

    public override bool IsMonotone => Kind != Combination.None && Parts.All(p => p.IsMonotone);

    public override IEnumerable<CompiledCondition> Flatten() => Parts.SelectMany(p => p.Flatten()).Prepend(this);
}
