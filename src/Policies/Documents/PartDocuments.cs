namespace EdgeFilter.Policies.Documents;

/// <summary>Where texts may go, by the labels of clusters.</summary>
internal sealed class ResidencyDocument(SourcePlace at)
{
    public SourcePlace At { get; } = at;

    public IReadOnlyList<Written<string>> AllowClusters { get; set; } = [];

    public Written<FailureWord>? Otherwise { get; set; }
}

/// <summary>The longest texts that are let through, in UTF-16 code units.</summary>
internal sealed class LimitsDocument(SourcePlace at)
{
    public SourcePlace At { get; } = at;

    public Written<double>? LongestPrompt { get; set; }

    public Written<double>? LongestOutput { get; set; }
}

/// <summary>Words that a policy brings along.</summary>
internal sealed class DictionaryDocument(SourcePlace at)
{
    public SourcePlace At { get; } = at;

    public Written<string>? Entity { get; set; }

    public IReadOnlyList<Written<string>> Words { get; set; } = [];

    public Written<bool>? IgnoreCase { get; set; }

    public Written<bool>? IgnoreAccents { get; set; }

    public Written<bool>? WholeWords { get; set; }

    public Written<bool>? Leetspeak { get; set; }
}

/// <summary>A regular expression that a policy brings along.</summary>
internal sealed class PatternDocument(SourcePlace at)
{
    public SourcePlace At { get; } = at;

    public Written<string>? Entity { get; set; }

    public Written<string>? Pattern { get; set; }

    public Written<bool>? IgnoreCase { get; set; }

    /// <summary>Words near by that raise a match from possible to likely; empty: a match is likely by itself.</summary>
    public IReadOnlyList<Written<string>> Context { get; set; } = [];
}
