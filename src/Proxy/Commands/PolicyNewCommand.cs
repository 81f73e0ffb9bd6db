using System.CommandLine;
using EdgeFilter.Policies.Explaining;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>policy new NAME</c>: a policy to begin with, on standard output or in a new file.</summary>
internal static class PolicyNewCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "The policy's name: lower-case letters, digits, dots and hyphens." };
        var extends = new Option<string[]>("--extends") { Description = "Policies that it extends.", AllowMultipleArgumentsPerToken = true };
        var tenants = new Option<string[]>("--tenant") { Description = "Tenants that it applies to. Default: a part for others to extend.", AllowMultipleArgumentsPerToken = true };
        var file = new Option<FileInfo?>("--output") { Description = "A new file. Default: standard output." };
        var command = new Command("new", "Write a policy to begin with.") { name, extends, tenants, file };
        name.Validators.Add(result =>
        {
            var value = result.GetValueOrDefault<string>() ?? "";
            if (value.Length is 0 or > 64 || value.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('-' or '.')) || !char.IsAsciiLetterOrDigit(value[0]) || !char.IsAsciiLetterOrDigit(value[^1]))
            {
                result.AddError("A name has 1 to 64 lower-case letters, digits, dots and hyphens, and begins and ends with a letter or digit.");
            }
        });
        command.SetAction(parsed =>
        {
            var text = PolicyScaffold.Write(
                parsed.GetRequiredValue(name), parsed.GetValue(extends) ?? [], parsed.GetValue(tenants) ?? [], DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
            if (parsed.GetValue(file) is not { } target)
            {
                parsed.InvocationConfiguration.Output.Write(text);
                return PolicyAccess.Fine;
            }

            try
            {
                using var writer = new StreamWriter(new FileStream(target.FullName, FileMode.CreateNew));
                writer.Write(text);
                return PolicyAccess.Fine;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                parsed.InvocationConfiguration.Error.WriteLine(e.Message);
                return PolicyAccess.BadUsage;
            }
        });
        return command;
    }
}
