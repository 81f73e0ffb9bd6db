namespace EdgeFilter.Acceptance.NodeSdks;

/// <summary>The exception that a JavaScript SDK raised.</summary>
internal sealed record SdkError(string Name, int? Status, string? Code, string? Type, string Message);
