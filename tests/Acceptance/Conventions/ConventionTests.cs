using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeFilter.Testing;

namespace EdgeFilter.Acceptance.Conventions;

/// <summary>What holds for the repository as a whole.</summary>
public sealed partial class ConventionTests
{
    private static readonly string[] Ignored = ["/bin/", "/obj/", "/node_modules/", "/artifacts/", "/.git/"];

    [Fact]
    public void Rooms_DependOneWayOnly()
    {
        var detection = Assembly.Load("EdgeFilter.Detection").GetReferencedAssemblies().Select(name => name.Name!).ToList();
        var policies = Assembly.Load("EdgeFilter.Policies").GetReferencedAssemblies().Select(name => name.Name!).ToList();

        Assert.DoesNotContain("EdgeFilter.Policies", detection);
        Assert.DoesNotContain("edgefilter", detection);
        Assert.DoesNotContain("edgefilter", policies);
        Assert.Contains("EdgeFilter.Detection", policies);
        Assert.All(detection.Concat(policies), name => Assert.False(
            name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || name == "System.Net.Http", $"{name} is of the HTTP room."));
    }

    [Fact]
    public void Links_InDocumentation_LeadSomewhere()
    {
        var dead = new List<string>();
        foreach (var page in Files("*.md"))
        {
            foreach (Match link in Link.Matches(File.ReadAllText(page)))
            {
                var target = link.Groups[1].Value.Split('#')[0];
                if (target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
                    && !Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, target)))
                {
                    dead.Add($"{Path.GetRelativePath(Repository.Root, page)} links to {target}");
                }
            }
        }

        Assert.Empty(dead);
    }

    [Fact]
    public void LockFiles_PinByDigestAndNameNoHost()
    {
        var locks = Files("package-lock.json").ToList();
        Assert.NotEmpty(locks);
        foreach (var file in locks)
        {
            Assert.DoesNotContain("\"resolved\"", File.ReadAllText(file), StringComparison.Ordinal);
            var packages = JsonNode.Parse(File.ReadAllText(file))!["packages"]!.AsObject().Where(package => package.Key.Length > 0);
            Assert.All(packages, package => Assert.StartsWith("sha512-", (string?)package.Value!["integrity"], StringComparison.Ordinal));
        }
    }

    [Fact]
    public void SourceFiles_StayReadable()
    {
        var tooLong = Files("*.cs").Where(file => File.ReadLines(file).Count() > 480).Select(file => Path.GetRelativePath(Repository.Root, file));

        Assert.Empty(tooLong);
    }

    private static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Repository.Root, pattern, SearchOption.AllDirectories)
            .Where(file => !Ignored.Any(part => file.Contains(part, StringComparison.Ordinal)));

    [GeneratedRegex(@"\]\(([^)\s]+)\)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link { get; }
}
