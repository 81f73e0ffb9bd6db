using System.Text;
using System.Text.RegularExpressions;
using EdgeFilter.Policies.Combining;
using EdgeFilter.Testing;

namespace EdgeFilter.Policies.Tests.Validation;

/// <summary>
/// A table of documents as authors get them wrong, <c>wrong-policies.txt</c>: a name, the document, and behind <c>&gt;</c> what must
/// be said of it. With EDGEFILTER_ACCEPT=1 what is said is written anew, to be read by a person.
/// </summary>
public sealed partial class WrongPoliciesTests
{
    private static readonly string Table = Repository.PathOf("tests", "Policies", "Validation", "wrong-policies.txt");

    [Fact]
    public void Read_EveryWrongDocument_SaysWhereWhatAndHow()
    {
        var written = File.ReadAllText(Table);
        var said = new StringBuilder();
        var cases = written.Split("#### ", StringSplitOptions.RemoveEmptyEntries);
        foreach (var one in cases)
        {
            var lines = one.TrimEnd('\n').Split('\n');
            var document = string.Join('\n', lines.Skip(1).Where(l => !l.StartsWith("> ", StringComparison.Ordinal)));
            var reading = Some.Read(("p.yaml", Unfold(document) + "\n"));
            Assert.True(reading.Problems.Count > 0, $"{lines[0]}: nothing was said.");
            said.Append("#### ").Append(lines[0]).Append('\n').Append(document).Append('\n');
            foreach (var problem in reading.Problems)
            {
                said.Append("> ").Append(problem.ToString()["p.yaml:".Length..]).Append('\n');
            }

            said.Append('\n');
        }

        if (Environment.GetEnvironmentVariable("EDGEFILTER_ACCEPT") == "1")
        {
            File.WriteAllText(Table, said.ToString());
            return;
        }

        Assert.True(cases.Length >= 250, $"{cases.Length} cases");
        Assert.Equal(written, said.ToString());
    }

    public static TheoryData<string, byte[], string> Bytes => new()
    {
        { "UTF-16", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("policy: a\n")).ToArray(), "1:1: POL003: the file is UTF-16" },
        { "UTF-16, other order, no mark", Encoding.BigEndianUnicode.GetBytes("policy: a\n"), "1:1: POL003: the file is UTF-16" },
        { "Latin-1", Encoding.Latin1.GetBytes("policy: a\ntitle: Política\n"), "2:11: POL003: the byte 0xED" },
        { "NUL", "policy: a\ntitle: \"x\0y\"\n"u8.ToArray(), "2:10: POL004: the character U+0000" },
        { "archive", "PK\u0003\u0004"u8.ToArray(), "1:3: POL004: the character U+0003" },
        { "huge", new byte[(1 << 20) + 1], "1:1: POL002: the file has 1048577 bytes" },
        { "deep", Encoding.UTF8.GetBytes("policy: a\ntitle: " + new string('[', 5_000)), "2:39: POL011: lists and mappings are nested" },
        { "CRLF", "policy: a\r\nversion: 1.0.0\r\nrules: {}\r\n"u8.ToArray(), "3:8: POL023: this is a mapping" },
    };

    [Theory]
    [MemberData(nameof(Bytes))]
    public void Read_BytesThatAreNoPolicy_SaysWhereAndWhat(string what, byte[] bytes, string said)
    {
        var problem = new PolicySetReader(Some.Scope()).Read([new SourceFile("p.yaml", bytes)]).Problems[0];
        Assert.StartsWith("p.yaml:" + said, problem.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(what);
    }

    [Fact]
    public void Read_FolderWithLinksInCircles_ReadsEachFileOnceAndNamesTheBrokenOnes()
    {
        var folder = Directory.CreateTempSubdirectory("policies-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "good.yaml"), "policy: a\n");
            Directory.CreateDirectory(Path.Combine(folder, "below"));
            Directory.CreateSymbolicLink(Path.Combine(folder, "below", "up"), "..");
            Directory.CreateSymbolicLink(Path.Combine(folder, "self"), ".");
            File.CreateSymbolicLink(Path.Combine(folder, "dangling.yaml"), "nowhere");
            File.CreateSymbolicLink(Path.Combine(folder, "one.yaml"), "two.yaml");
            File.CreateSymbolicLink(Path.Combine(folder, "two.yaml"), "one.yaml");
            var sources = PolicyFolder.Read(folder);
            Assert.Equal(["dangling.yaml", "good.yaml", "one.yaml", "two.yaml"], sources.Select(s => Path.GetFileName(s.Path)));
            Assert.All(sources.Where(s => s.Bytes is null), s => Assert.Contains("leads nowhere", s.Failure, StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // '␉' stands for a tab and '⟨U+200B⟩' for a character that nobody would see.
    private static string Unfold(string text) =>
        Unseen().Replace(text, m => ((char)Convert.ToInt32(m.Groups[1].Value, 16)).ToString()).Replace('␉', '\t');

    [GeneratedRegex("⟨U\\+([0-9A-F]{4})⟩")]
    private static partial Regex Unseen();
}
