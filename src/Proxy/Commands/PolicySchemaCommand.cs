using System.CommandLine;
using EdgeFilter.Policies.Schema;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>policy schema</c>: the JSON Schema for editors.</summary>
internal static class PolicySchemaCommand
{
    public static Command Create()
    {
        var access = new PolicyAccess();
        var plain = new Option<bool>("--plain") { Description = "Without the names of detectors and models: the same for every installation." };
        var command = new Command("schema", "Print the JSON Schema of policies, for completion and checks in editors.") { plain, access.Models };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(plain))
            {
                parsed.InvocationConfiguration.Output.Write(PolicySchema.Write());
                return PolicyAccess.Fine;
            }

            if (access.OpenScope(parsed) is not { } scope)
            {
                return PolicyAccess.BadUsage;
            }

            parsed.InvocationConfiguration.Output.Write(PolicySchema.Write(scope));
            return PolicyAccess.Fine;
        });
        return command;
    }
}
