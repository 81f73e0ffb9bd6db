using EdgeFilter.Policies.Documents.Yaml;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Policies.Documents;

/// <summary>From the bytes of a file to a document, with every mistake of form that it contains.</summary>
internal static class DocumentReader
{
    private static readonly string[] Kinds = ["policy", "waiver", "tests-of"];

    /// <summary>Reads one file. Never throws over what is in it.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="path">Its name as shown to people.</param>
    /// <param name="problems">Receives what is wrong.</param>
    public static PolicyFile Read(ReadOnlySpan<byte> bytes, string path, ProblemList problems)
    {
        if (YamlReader.Read(bytes, path, problems) is not { } root)
        {
            return new PolicyFile(path);
        }

        if (root is not YamlMap map)
        {
            problems.Add(ProblemKinds.NotAPolicy, root.At, $"the file holds {root.Describe()}; a policy is a mapping that begins with 'policy: its-name'.");
            return new PolicyFile(path);
        }

        if (Kinds.Where(kind => map.Find(kind) is not null).ToArray() is [var first, var second, ..])
        {
            var (at, other) = map.Entries.Where(e => e.Key.Text == first || e.Key.Text == second).Select(e => (e.Key.At, e.Key.Text)).Last();
            problems.Add(
                ProblemKinds.NotAPolicy, at, $"'{other}' begins a document of its own, and this file is one already: policies, waivers and files of tests have a file each.");
            return new PolicyFile(path);
        }

        if (map.Find("waiver") is not null)
        {
            return PolicyLanguage.Waiver.TryRead(map, problems, out var waiver)
                ? new PolicyFile(path, Waiver: WithDigest(waiver, map))
                : new PolicyFile(path);
        }

        if (map.Find("tests-of") is not null)
        {
            return PolicyLanguage.Tests.TryRead(map, problems, out var tests) ? new PolicyFile(path, Tests: tests) : new PolicyFile(path);
        }

        if (map.Find("policy") is null && !LooksLikePolicy(map))
        {
            problems.Add(
                ProblemKinds.NotAPolicy,
                map.At,
                "this is none of the documents that are known: begin with 'policy: its-name', 'waiver: its-name' or 'tests-of: a-policy'.");
            return new PolicyFile(path);
        }

        return PolicyLanguage.Policy.TryRead(map, problems, out var policy)
            ? new PolicyFile(path, Policy: WithDigest(policy, map))
            : new PolicyFile(path);
    }

    // A mistyped first key ('polcy') still deserves all the other messages.
    private static bool LooksLikePolicy(YamlMap map) =>
        map.Entries.Any(e => NearestName.Find(e.Key.Text, ["policy"]) is not null)
        || map.Entries.Count(e => PolicyLanguage.Policy.Keys.Contains(e.Key.Text)) >= 2;

    private static PolicyDocument WithDigest(PolicyDocument policy, YamlMap map)
    {
        policy.Digest = DocumentDigest.Of(map);
        return policy;
    }

    private static WaiverDocument WithDigest(WaiverDocument waiver, YamlMap map)
    {
        waiver.Digest = DocumentDigest.Of(map);
        return waiver;
    }
}
