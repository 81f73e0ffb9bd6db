namespace EdgeFilter.Policies.Documents;

/// <summary>A value and where its author wrote it.</summary>
internal sealed record Written<T>(T Value, SourcePlace At);
