using System.CommandLine;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>policy</c>: check, test, explain, compare, try and change policies.</summary>
internal static class PolicyCommand
{
    public static Command Create() => new("policy", "Check, test, explain, compare, try and change policies.")
    {
        PolicyValidateCommand.Create(),
        PolicyTestCommand.Create(),
        PolicyExplainCommand.Create(),
        PolicyDiffCommand.Create(),
        PolicyReplayCommand.Create(),
        PolicyCandidateCommand.Create(),
        PolicyRollbackCommand.Create(),
        PolicySchemaCommand.Create(),
        PolicyNewCommand.Create(),
    };
}
