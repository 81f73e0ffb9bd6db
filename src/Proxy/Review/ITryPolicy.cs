using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.Review;

/// <summary>Judges a text as the proxy would, for people who write policies. Nothing of it is kept or logged.</summary>
internal interface ITryPolicy
{
    ValueTask<TryResult> TryAsync(TryRequest request, CancellationToken cancellationToken);
}

/// <summary>What to judge, and as what.</summary>
internal sealed record TryRequest
{
    public const int MaxText = 100_000;
    public const int MaxYaml = 1024 * 1024;

    public required string Text { get; init; }

    public Direction Direction { get; init; }

    public SegmentRole Role { get; init; } = SegmentRole.User;

    public string Region { get; init; } = "";

    public string Tenant { get; init; } = "";

    public string Model { get; init; } = "";

    /// <summary>A policy by name, null for whatever applies to region, tenant and model.</summary>
    public string? Policy { get; init; }

    /// <summary>A candidate document that is judged instead; null for the policies in force.</summary>
    public string? Candidate { get; init; }

    /// <summary>Fed in small pieces, as a stream would bring it.</summary>
    public bool Stream { get; init; }

    /// <summary>Carries text, and says nothing of it.</summary>
    public override string ToString() => $"{Direction} of {Text.Length} characters";
}

/// <summary>What the proxy would do.</summary>
internal sealed record TryResult
{
    public required PolicyAction Action { get; init; }

    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>The region whose policies counted; empty when none is known.</summary>
    public string Region { get; init; } = "";

    /// <summary>The policies that the text was judged under.</summary>
    public IReadOnlyList<string> Policies { get; init; } = [];

    /// <summary>The text as it would go on; null when it is blocked.</summary>
    public string? Text { get; init; }

    /// <summary>What a client would read when it is blocked.</summary>
    public string Message { get; init; } = "";

    public IReadOnlyList<TryFinding> Findings { get; init; } = [];

    /// <summary>What is wrong with the candidate, in its own order; then there is no decision.</summary>
    public IReadOnlyList<TryProblem> Problems { get; init; } = [];

    public long Microseconds { get; init; }

    public override string ToString() => $"{Action}, {Findings.Count} findings, {Problems.Count} problems";
}

/// <summary>Something found in the tried text.</summary>
internal sealed record TryFinding(string Detector, string Entity, int Start, int Length, float Confidence, string Rule);

/// <summary>A mistake in the candidate document; line and column count from 1.</summary>
internal sealed record TryProblem(int Line, int Column, string Code, string Message);
