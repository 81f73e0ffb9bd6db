namespace EdgeFilter.Policies.Documents;

/// <summary>What one file held: exactly one of the three, or none when it could not be read.</summary>
/// <param name="Path">The file's name as shown to people.</param>
internal sealed record PolicyFile(string Path, PolicyDocument? Policy = null, WaiverDocument? Waiver = null, TestsDocument? Tests = null);
