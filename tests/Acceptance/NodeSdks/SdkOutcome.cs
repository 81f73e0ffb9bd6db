namespace EdgeFilter.Acceptance.NodeSdks;

/// <summary>What the user of a JavaScript SDK saw.</summary>
/// <param name="Texts">Text per choice, where there are several.</param>
/// <param name="Requests">HTTP requests sent, retries included.</param>
/// <param name="Finish">The finish or stop reason, in the provider's words.</param>
internal sealed record SdkOutcome(string? Text, string?[] Texts, string? Refusal, string? Finish, int Events, int Requests, SdkError? Error);
