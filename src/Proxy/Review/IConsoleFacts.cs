using EdgeFilter.Policies.Compilation;
using EdgeFilter.Proxy.Telemetry;

namespace EdgeFilter.Proxy.Review;

/// <summary>What the console shows of the running proxy besides its log.</summary>
internal interface IConsoleFacts
{
    /// <summary>The policies in force, in the order in which they are listed to people.</summary>
    IReadOnlyList<PolicyFact> Policies();

    /// <summary>What is in force for a client, and where each rule of it comes from.</summary>
    /// <returns>Null when the region is none.</returns>
    EffectiveFact? Effective(PolicyContext context);

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

/// <summary>What is in force for a client.</summary>
/// <param name="Digest">As records of it name it.</param>
/// <param name="Clusters">Labels of clusters that may be used, best first; null when no policy limits them.</param>
/// <param name="Policies">Those that apply, and those that they extend.</param>
/// <param name="Rules">In the order in which ties are broken.</param>
/// <param name="Waivers">What relaxes rules, until when, and who answers for it.</param>
internal sealed record EffectiveFact(
    string Digest, IReadOnlyList<string>? Clusters, IReadOnlyList<EffectivePolicy> Policies, IReadOnlyList<EffectiveRule> Rules, IReadOnlyList<string> Waivers);

/// <param name="Because">Why it is in force: it applies, or which policies extend it.</param>
internal sealed record EffectivePolicy(string Name, string Version, string Because, bool IsShadow);

/// <param name="Policy">The policy that it is written in.</param>
/// <param name="At">File and line.</param>
/// <param name="Rule">What it is.</param>
internal sealed record EffectiveRule(string Policy, string At, RuleFact Rule);

/// <summary>A part of the proxy.</summary>
/// <param name="Part">Its name: <c>models</c>.</param>
/// <param name="IsWell">Whether it works.</param>
/// <param name="Detail">What an operator should know; no content, no credentials.</param>
internal sealed record HealthFact(string Part, bool IsWell, string Detail);
