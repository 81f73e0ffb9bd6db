using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Documents;

namespace EdgeFilter.Policies.Testing;

/// <summary>A test and the policy that it is run under.</summary>
/// <param name="Policy">The policy whose test it is.</param>
/// <param name="Document">The test as written.</param>
/// <param name="InForce">What applies to its text.</param>
internal sealed record PolicyTest(string Policy, TestDocument Document, CompiledPolicy InForce)
{
    public override string ToString() => $"{Policy}: {Document.Name!.Value}";
}
