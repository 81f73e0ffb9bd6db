using System.Collections.Immutable;

namespace EdgeFilter.Policies.Compilation;

/// <summary>Who asks for what: what a policy's <c>applies-to</c> is held against. Empty strings mean unknown.</summary>
public sealed record PolicyContext
{
    public static PolicyContext Anyone { get; } = new();

    /// <summary>Where the client stands, from its identity, never from a header that it can set.</summary>
    public string Region { get; init; } = "";

    public string Tenant { get; init; } = "";

    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>The route's path prefix: <c>/openai</c>.</summary>
    public string Route { get; init; } = "";

    public string Model { get; init; } = "";

    /// <summary>The wire protocol's id: <c>openai.chat</c>.</summary>
    public string Protocol { get; init; } = "";
}
