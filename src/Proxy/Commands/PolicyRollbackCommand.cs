using System.CommandLine;
using System.Globalization;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Lifecycle;

namespace EdgeFilter.Proxy.Commands;

/// <summary>
/// <c>policy rollback</c>: puts an earlier set of policies in force, in a running proxy or in one that starts later. The policy
/// folder is left alone; its next change has the last word.
/// </summary>
internal static class PolicyRollbackCommand
{
    public static Command Create()
    {
        var access = new PolicyStateAccess();
        var version = new Argument<string?>("version") { Description = "The beginning of a version's digest. Default: what was in force before.", Arity = ArgumentArity.ZeroOrOne };
        var list = new Option<bool>("--list") { Description = "Show the versions that are kept, and change nothing." };
        var output = new Option<DirectoryInfo?>("--output") { Description = "Write the version's files into this new folder, and change nothing." };
        var json = new Option<bool>("--json") { Description = "Machine-readable output." };
        var command = new Command("rollback", "Go back to an earlier set of policies.") { version, list, output, access.Config, access.State, access.Folder, access.Wait, json };
        command.SetAction(parsed => PolicyStateAccess.Run(parsed, () =>
        {
            var (places, console) = (access.Places(parsed), parsed.InvocationConfiguration);
            var versions = places.History.Versions;
            if (parsed.GetValue(list))
            {
                Show(versions, parsed.GetValue(json), console.Output);
                return PolicyAccess.Fine;
            }

            var now = places.History.Choice?.Digest ?? versions.Current;
            var wanted = parsed.GetValue(version) is { } start ? versions.Find(start) : versions.Before(now);
            if (wanted is null)
            {
                console.Error.WriteLine(parsed.GetValue(version) is { } unknown
                    ? $"No kept version, or more than one, begins with '{unknown}'. 'policy rollback --list' shows them."
                    : $"Nothing is known to have been in force before, in {places.History.Folder}.");
                return PolicyAccess.BadUsage;
            }

            if (parsed.GetValue(output) is { } target)
            {
                return Extract(places.History, wanted, target, console);
            }

            var followed = access.Choose(parsed, places, wanted.Digest, PolicyOrigin.Rollback);
            Report(wanted, followed, parsed.GetValue(json), console.Output);
            return PolicyAccess.Fine;
        }));
        return command;
    }

    private static void Show(PolicyVersions versions, bool json, TextWriter output)
    {
        if (json)
        {
            PolicyAccess.ShowJson(
                new
                {
                    current = versions.Current,
                    versions = versions.Versions.Reverse().Select(v => new { digest = v.Digest, appliedAt = v.AppliedAt, origin = Words.Of(v.Origin), policies = v.Policies }),
                },
                output);
            return;
        }

        foreach (var version in versions.Versions.Reverse())
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{(version.Digest == versions.Current ? '*' : ' ')} {PolicyStateAccess.Short(version.Digest)}  {version.AppliedAt:yyyy-MM-dd HH:mm:ss}  {Words.Of(version.Origin),-9}  {version.Policies.Count} policies"));
        }

        output.WriteLine(versions.Versions.Count == 0 ? "No version is kept yet." : "* is in force.");
    }

    private static void Report(PolicyVersion version, bool followed, bool json, TextWriter output)
    {
        if (json)
        {
            PolicyAccess.ShowJson(new { digest = version.Digest, inForce = followed }, output);
        }
        else
        {
            output.WriteLine(followed
                ? $"{PolicyStateAccess.Short(version.Digest)} is in force again. The next change of the policy folder replaces it."
                : $"{PolicyStateAccess.Short(version.Digest)} is chosen; no running proxy has followed. One that starts will.");
        }
    }

    private static int Extract(PolicyHistory history, PolicyVersion version, DirectoryInfo target, InvocationConfiguration console)
    {
        var files = history.Read(version.Digest);
        if (files.Count == 0 || (target.Exists && target.EnumerateFileSystemInfos().Any()))
        {
            console.Error.WriteLine(files.Count == 0 ? "The files of this version are not kept any more." : $"'{target}' is not empty.");
            return PolicyAccess.BadUsage;
        }

        var root = Path.GetFullPath(target.FullName) + Path.DirectorySeparatorChar;
        foreach (var file in files)
        {
            // The archive is ours, and yet a file on a disk: nothing leaves the folder.
            var path = Path.GetFullPath(Path.Combine(root, file.Path));
            if (!path.StartsWith(root, StringComparison.Ordinal))
            {
                throw new InvalidDataException($"The kept version {PolicyStateAccess.Short(version.Digest)} was altered.");
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Bytes!.Value.ToArray());
        }

        console.Output.WriteLine($"{files.Count} files written to {target}.");
        return PolicyAccess.Fine;
    }
}
