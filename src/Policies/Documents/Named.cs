namespace EdgeFilter.Policies.Documents;

/// <summary>Something under a name that its author chose.</summary>
internal sealed record Named<T>(Written<string> Name, T Value);
