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

    [Fact]
    public void ReportedFailures_EachHasTestsThatExist()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "reported-failures.md"));
        var tests = Files("*Test*.cs").SelectMany(file => TestName.Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);
        var rows = page.Split('\n').Where(line => Row.IsMatch(line)).ToDictionary(line => Row.Match(line).Groups[1].Value, line => Quoted.Matches(line).Select(m => m.Groups[1].Value).ToArray());

        Assert.Equal([.. Enumerable.Range(1, 13).Select(i => $"S{i}"), .. Enumerable.Range(1, 17).Select(i => $"E{i}"), .. Enumerable.Range(1, 11).Select(i => $"F{i}")], rows.Keys);
        Assert.All(rows, row => Assert.NotEmpty(row.Value));
        Assert.All(rows.Values.SelectMany(names => names), name => Assert.Contains(name, tests));
    }

    private static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Repository.Root, pattern, SearchOption.AllDirectories)
            .Where(file => !Ignored.Any(part => file.Contains(part, StringComparison.Ordinal)));

    [GeneratedRegex(@"\]\(([^)\s]+)\)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link { get; }

    [GeneratedRegex(@"(?:Task|void) ([A-Z][A-Za-z0-9_]+)\(", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TestName { get; }

    [GeneratedRegex(@"^\| ([SEF]\d+) \|", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Row { get; }

    [GeneratedRegex(@"`([A-Za-z0-9_]+)`", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted { get; }
}
