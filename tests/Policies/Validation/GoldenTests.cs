using System.Text;
using EdgeFilter.Policies.Combining;
using EdgeFilter.Testing;

namespace EdgeFilter.Policies.Tests.Validation;

/// <summary>
/// Files of wrong documents: the documents above the line, what must be said about them below. A line <c>=== name</c> begins
/// another file of the same case. With EDGEFILTER_ACCEPT=1 the lower part is written anew.
/// </summary>
public sealed class GoldenTests
{
    private const string Line = "--------------------------------------------------------------------------------";

    private static readonly string Folder = Repository.PathOf("tests", "Policies", "Validation", "Cases");

    public static TheoryData<string> Cases => [.. Directory.GetFiles(Folder, "*.txt").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Read_WrongDocument_SaysWhereWhatAndHow(string name)
    {
        var path = Path.Combine(Folder, name + ".txt");
        var parts = System.IO.File.ReadAllText(path).Split(Line + "\n");
        var reading = new PolicySetReader(Some.Scope()).Read([.. Files(parts[0])]);
        var actual = string.Concat(reading.Problems.Select(p => p + "\n"));
        if (Environment.GetEnvironmentVariable("EDGEFILTER_ACCEPT") == "1")
        {
            System.IO.File.WriteAllText(path, parts[0] + Line + "\n" + actual);
            return;
        }

        Assert.Equal(parts[1], actual);
        Assert.Equal(reading.Problems.All(p => p.IsWarning), reading.Set is not null);
    }

    [Fact]
    public void Cases_AtLeastSixty()
    {
        Assert.True(Cases.Count >= 60, $"{Cases.Count} cases");
    }

    private static IEnumerable<SourceFile> Files(string text)
    {
        var name = "policy.yaml";
        var lines = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith("=== ", StringComparison.Ordinal))
            {
                if (lines.Count > 0)
                {
                    yield return FileOf(name, lines);
                }

                name = line[4..];
                lines.Clear();
            }
            else
            {
                lines.Add(line);
            }
        }

        yield return FileOf(name, lines);
    }

    // '␉' stands for a tab, so that editors leave it alone.
    private static SourceFile FileOf(string name, List<string> lines) =>
        new(name, Encoding.UTF8.GetBytes(string.Join('\n', lines).Replace('␉', '\t')));
}
