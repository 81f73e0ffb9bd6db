using System.CommandLine;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>policy validate</c>: every mistake of the named files, each with its place. Exit code 1 when there are errors.</summary>
internal static class PolicyValidateCommand
{
    public static Command Create()
    {
        var access = new PolicyAccess();
        var command = new Command("validate", "Show everything that is wrong with policies, with file, line and fix.") { access.Paths, access.Models, access.AsJson };
        command.SetAction(parsed =>
        {
            if (access.OpenScope(parsed) is not { } scope || access.Read(parsed, scope) is not { } reading)
            {
                return PolicyAccess.BadUsage;
            }

            var output = parsed.InvocationConfiguration.Output;
            var errors = reading.Errors.Count();
            if (parsed.GetValue(access.AsJson))
            {
                PolicyAccess.ShowJson(
                    new { sound = reading.Set is not null, digest = reading.Set?.Digest, policies = reading.Set?.Names ?? [], problems = reading.Problems.Select(PolicyAccess.ToJson) },
                    output);
            }
            else
            {
                PolicyAccess.Show(reading.Problems, output);
                output.WriteLine(reading.Set is { } set
                    ? $"{set.Names.Count} policies are sound, digest {set.Digest[..12]}."
                    : $"{errors} {(errors == 1 ? "error" : "errors")}; docs/policy-errors.md explains each code.");
            }

            return errors == 0 ? PolicyAccess.Fine : PolicyAccess.Finding;
        });
        return command;
    }
}
