using System.Security.Cryptography;
using System.Text;
using EdgeFilter.Policies.Documents;

namespace EdgeFilter.Policies.Combining;

/// <summary>
/// All documents of a folder, read together and found to be sound. Immutable. The order in which files were read leaves no
/// trace: everything is kept by name.
/// </summary>
public sealed class PolicySet
{
    private readonly SortedDictionary<string, PolicyDocument> policies;

    internal PolicySet(IEnumerable<PolicyDocument> policies, IEnumerable<WaiverDocument> waivers, IEnumerable<TestsDocument> tests)
    {
        this.policies = new(policies.ToDictionary(p => p.Name!.Value), StringComparer.Ordinal);
        Waivers = [.. waivers.OrderBy(w => w.Name!.Value, StringComparer.Ordinal)];
        Tests = [.. tests.OrderBy(t => t.At)];
        Digest = DigestOf(this.policies.Values.Select(p => $"{p.Name!.Value}@{p.Digest}").Concat(Waivers.Select(w => $"{w.Name!.Value}@{w.Digest}")));
    }

    /// <summary>SHA-256 in lower-case hex over all policies and waivers.</summary>
    public string Digest { get; }

    /// <summary>Names of all policies, in order.</summary>
    public IReadOnlyCollection<string> Names => policies.Keys;

    internal IReadOnlyCollection<PolicyDocument> Policies => policies.Values;

    internal IReadOnlyList<WaiverDocument> Waivers { get; }

    internal IReadOnlyList<TestsDocument> Tests { get; }

    internal PolicyDocument? Find(string name) => policies.GetValueOrDefault(name);

    /// <summary>A policy and everything that it extends, by name, each once.</summary>
    internal IReadOnlyList<PolicyDocument> LineageOf(string name) =>
        policies.TryGetValue(name, out var policy) ? Lineage.Of(policy, policies) : [];

    internal static string DigestOf(IEnumerable<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}
