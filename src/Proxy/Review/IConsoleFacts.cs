using EdgeFilter.Proxy.Telemetry;

namespace EdgeFilter.Proxy.Review;

/// <summary>What the console shows of the running proxy besides its log.</summary>
internal interface IConsoleFacts
{
    /// <summary>The policies in force, in the order in which they are listed to people.</summary>
    IReadOnlyList<PolicyFact> Policies();

    /// <summary>Parts of the proxy and whether each works: models, policies, upstreams.</summary>
    IReadOnlyList<HealthFact> Health();

    /// <summary>The traffic since a time, as far back as the proxy remembers: a day, and not beyond its own start.</summary>
    TrafficFact Traffic(DateTimeOffset since);
}

/// <summary>A policy in force.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">As its author numbers it.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Digest">SHA-256 in hex.</param>
/// <param name="File">Where it is written, relative to the policies' folder.</param>
/// <param name="AppliesTo">To whom, in words.</param>
/// <param name="IsShadow">True for a candidate that changes nothing.</param>
/// <param name="Rules">Its rules in written order.</param>
internal sealed record PolicyFact(
    string Name, string Version, string Title, string Digest, string File, string AppliesTo, bool IsShadow, IReadOnlyList<RuleFact> Rules);

/// <summary>A rule in force.</summary>
/// <param name="Id">As records name it.</param>
/// <param name="Why">The author's reason.</param>
/// <param name="Action">What it does: <c>block</c>.</param>
/// <param name="In">Directions: <c>prompt</c>, <c>output</c>.</param>
/// <param name="Find">What it looks for, in words.</param>
/// <param name="IsShadow">True when it only reports.</param>
internal sealed record RuleFact(string Id, string Why, string Action, IReadOnlyList<string> In, string Find, bool IsShadow);

/// <summary>A part of the proxy.</summary>
/// <param name="Part">Its name: <c>models</c>.</param>
/// <param name="IsWell">Whether it works.</param>
/// <param name="Detail">What an operator should know; no content, no credentials.</param>
internal sealed record HealthFact(string Part, bool IsWell, string Detail);
