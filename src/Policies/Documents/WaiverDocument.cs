namespace EdgeFilter.Policies.Documents;

/// <summary>The only thing that relaxes a rule: somebody answers for it, until a day.</summary>
internal sealed class WaiverDocument(SourcePlace at)
{
    public SourcePlace At { get; } = at;

    public string Digest { get; set; } = "";

    public Written<string>? Name { get; set; }

    public Written<string>? Owner { get; set; }

    public Written<string>? Reason { get; set; }

    public Written<DateOnly>? Expires { get; set; }

    /// <summary><c>policy/rule</c>.</summary>
    public IReadOnlyList<Written<string>> Rules { get; set; } = [];

    public IReadOnlyList<Written<string>> Values { get; set; } = [];

    public AppliesToDocument? AppliesTo { get; set; }
}
