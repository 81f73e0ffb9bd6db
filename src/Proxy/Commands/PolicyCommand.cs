using System.CommandLine;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>policy</c>: check, test, explain, compare and write policies.</summary>
internal static class PolicyCommand
{
    public static Command Create() => new("policy", "Check, test, explain, compare and write policies.")
    {
        PolicyValidateCommand.Create(),
        PolicyTestCommand.Create(),
        PolicyExplainCommand.Create(),
        PolicyDiffCommand.Create(),
        PolicyReplayCommand.Create(),
        PolicySchemaCommand.Create(),
        PolicyNewCommand.Create(),
    };
}
