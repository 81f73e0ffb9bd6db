using System.CommandLine;
using System.Globalization;
using EdgeFilter.Policies.Testing;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>policy test</c>: runs the tests beside the rules. Exit code 1 when one fails.</summary>
internal static class PolicyTestCommand
{
    public static Command Create()
    {
        var access = new PolicyAccess();
        var policy = new Option<string[]>("--policy") { Description = "Only the tests of these policies.", AllowMultipleArgumentsPerToken = true };
        var junit = new Option<FileInfo?>("--junit") { Description = "Also write a report in JUnit's form." };
        var coverage = new Option<bool>("--require-coverage") { Description = "Fail when a rule is exercised by no test." };
        var command = new Command("test", "Run the tests of policies, whole and cut as a stream.") { access.Paths, policy, junit, coverage, access.Models, access.AsJson };
        command.SetAction(parsed =>
        {
            if (access.OpenScope(parsed) is not { } scope || access.ReadSound(parsed, scope) is not { } set)
            {
                return PolicyAccess.BadUsage;
            }

            var wanted = parsed.GetValue(policy) ?? [];
            if (wanted.FirstOrDefault(name => !set.Set.Names.Contains(name)) is { } unknown)
            {
                parsed.InvocationConfiguration.Error.WriteLine($"There is no policy '{unknown}'.");
                return PolicyAccess.BadUsage;
            }

            var report = new PolicyTestRunner(set).Run(wanted.Length > 0 ? wanted : null);
            if (parsed.GetValue(junit) is { } file)
            {
                File.WriteAllText(file.FullName, JUnitReport.Write(report));
            }

            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(access.AsJson))
            {
                PolicyAccess.ShowJson(ToJson(report), output);
            }
            else
            {
                Show(report, output);
            }

            return report.Failed > 0 || (parsed.GetValue(coverage) && report.Untested.Count > 0) ? PolicyAccess.Finding : PolicyAccess.Fine;
        });
        return command;
    }

    private static void Show(PolicyTestReport report, TextWriter output)
    {
        foreach (var result in report.Results.Where(r => !r.Passed))
        {
            output.WriteLine(PolicyAccess.Wrap($"FAILED {result} ({result.At})"));
            foreach (var failure in result.Failures)
            {
                output.WriteLine(PolicyAccess.Wrap($"    {failure}"));
            }
        }

        foreach (var rule in report.Untested)
        {
            output.WriteLine($"No test exercises {rule}.");
        }

        var exercised = report.RuleCount - report.Untested.Count;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Passed} passed, {report.Failed} failed; {exercised} of {report.RuleCount} rules exercised; {report.Elapsed.TotalSeconds:0.0} s."));
    }

    private static object ToJson(PolicyTestReport report) => new
    {
        passed = report.Passed,
        failed = report.Failed,
        rules = report.RuleCount,
        untested = report.Untested,
        seconds = Math.Round(report.Elapsed.TotalSeconds, 3),
        tests = report.Results.Select(r => new
        {
            policy = r.Policy,
            name = r.Name,
            file = r.At.File,
            line = r.At.Line,
            passed = r.Passed,
            failures = r.Failures,
            rules = r.Rules.Order(StringComparer.Ordinal),
            milliseconds = Math.Round(r.Elapsed.TotalMilliseconds, 2),
        }),
    };
}
