namespace EdgeFilter.Policies.Documents;

/// <summary>How sure is sure enough, as written: a word or a number from 0 to 1.</summary>
internal sealed record Threshold(string? Word, double Number)
{
    public static readonly IReadOnlyList<string> Levels = ["possible", "likely", "certain"];
    public static readonly IReadOnlyList<string> Calibrated = ["strict", "balanced", "permissive"];
}
