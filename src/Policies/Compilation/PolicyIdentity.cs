namespace EdgeFilter.Policies.Compilation;

/// <summary>Which policy said so: name, version as its author wrote it, and the digest of what was read.</summary>
public sealed record PolicyIdentity(string Name, string Version, string Digest);
