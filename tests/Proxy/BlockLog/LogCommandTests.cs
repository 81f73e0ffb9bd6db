using System.CommandLine;
using System.Text.Json;
using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Commands;

namespace EdgeFilter.Proxy.Tests.BlockLog;

public class LogCommandTests
{
    [Fact]
    public async Task Search_Table_FitsEightyColumns()
    {
        using var folder = new LogFolder();
        await folder.FillAsync(50);

        var (code, output, _) = Run("search", "--log", folder.Database, "--action", "block", "--since", "2026-11-01");

        Assert.Equal(0, code);
        Assert.Contains("13 of 13 records", output, StringComparison.Ordinal);
        Assert.All(output.Split('\n'), line => Assert.True(line.TrimEnd('\r').Length <= 80, line));
    }

    [Fact]
    public async Task Search_Json_PrintsRecords()
    {
        using var folder = new LogFolder();
        await folder.FillAsync(50);

        var (code, output, _) = Run("search", "--log", folder.Database, "--json", "--tenant", "tenant-2", "--entity", "ES_NIF", "--limit", "5");

        Assert.Equal(0, code);
        Assert.All(output.TrimEnd().Split('\n'), line =>
        {
            using var record = JsonDocument.Parse(line);
            Assert.Equal("tenant-2", record.RootElement.GetProperty("tenant").GetString());
        });
    }

    [Theory]
    [InlineData(1, "search", "--tenant", "nobody")]
    [InlineData(0, "stats")]
    [InlineData(0, "stats", "--json")]
    [InlineData(0, "verify")]
    [InlineData(0, "verify", "--json")]
    [InlineData(0, "export", "--format", "csv")]
    [InlineData(0, "export", "--format", "cef")]
    [InlineData(0, "export", "--format", "ocsf")]
    public async Task Run_OnALog_EndsWith(int expected, params string[] arguments)
    {
        using var folder = new LogFolder();
        await folder.FillAsync(20);

        var (code, output, errors) = Run([.. arguments, "--log", folder.Database]);

        Assert.Equal("", errors);
        Assert.Equal(expected, code);
        Assert.NotEqual("", output);
    }

    [Theory]
    [InlineData("search", "--since", "yesterday")]
    [InlineData("search", "--limit", "0")]
    [InlineData("search", "--action", "explode")]
    [InlineData("search", "--id", "7")]
    public void Run_BadOption_IsRefusedBeforeAnythingIsRead(params string[] arguments) =>
        Assert.NotEmpty(LogCommand.Create().Parse(arguments).Errors);

    [Theory]
    [InlineData("search")]
    [InlineData("verify")]
    [InlineData("stats")]
    [InlineData("export")]
    public void Run_NoLog_EndsWithTwoAndSaysSo(string command)
    {
        var (code, _, errors) = Run(command, "--log", Path.Combine(Path.GetTempPath(), "no-such-log.db"));

        Assert.Equal(2, code);
        Assert.Contains("no block log", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FileThatIsNoLog_EndsWithTwo()
    {
        using var folder = new LogFolder();
        await File.WriteAllTextAsync(folder.Database, new string('x', 9_000));

        Assert.Equal(2, Run("search", "--log", folder.Database).Code);
        Assert.Equal(2, Run("verify", "--log", folder.Database).Code);
    }

    [Fact]
    public async Task Verify_Tampered_EndsWithOneAndNamesTheRecord()
    {
        using var folder = new LogFolder();
        await folder.FillAsync(20);
        folder.Tamper("DELETE FROM records WHERE seq = 12");

        var (code, output, _) = Run("verify", "--log", folder.Database);

        Assert.Equal(1, code);
        Assert.Contains("REMOVED: record 12", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erase_WithoutYes_OnlySaysWhat()
    {
        using var folder = new LogFolder();
        await folder.FillAsync(20);

        var asked = Run("erase", "--log", folder.Database, "--tenant", "tenant-2");
        var kept = folder.Bodies().Count;
        var done = Run("erase", "--log", folder.Database, "--tenant", "tenant-2", "--yes");

        Assert.Equal((0, "2 records would be erased. Add --yes to erase them."), (asked.Code, asked.Output.Trim()));
        Assert.Equal(20, kept);
        Assert.Equal((0, "2 records erased."), (done.Code, done.Output.Trim()));
        Assert.Equal(0, Run("verify", "--log", folder.Database).Code);
        Assert.Equal(1, Run("search", "--log", folder.Database, "--tenant", "tenant-2").Code);
    }

    [Fact]
    public void Schema_Printed_IsTheOneThatIsKept() => Assert.Equal(
        File.ReadAllText(EdgeFilter.Testing.Repository.PathOf("schema", "block-record.schema.json")), Run("schema").Output);

    [Fact]
    public void Erase_WithoutFilter_IsRefused() => Assert.NotEmpty(LogCommand.Create().Parse(["erase", "--yes"]).Errors);

    [Fact]
    public async Task Export_FromACursor_GoesOnWhereTheLastEnded()
    {
        using var folder = new LogFolder();
        await folder.FillAsync(20);

        var (_, output, _) = Run("export", "--log", folder.Database, "--after", "17");

        Assert.Equal(3, output.TrimEnd().Split('\n').Length);
    }

    [Fact]
    public async Task Export_Csv_IsSafeToOpenInASpreadsheet()
    {
        using var folder = new LogFolder();
        await using (var log = folder.OpenWriter())
        {
            await log.AppendAsync(Some.Record() with { Tenant = "=HYPERLINK(\"x\")", Reason = "a, \"b\"" }, CancellationToken.None);
        }

        var (_, output, _) = Run("export", "--log", folder.Database, "--format", "csv");

        Assert.Contains(",\"'=HYPERLINK(\"\"x\"\")\",", output, StringComparison.Ordinal);
        Assert.Contains(",\"a, \"\"b\"\"\",", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("30m", -30)]
    [InlineData("2h", -120)]
    [InlineData("1d", -1440)]
    public void ReadTime_Age_IsThatLongAgo(string text, int minutes) =>
        Assert.Equal(Some.Start.AddMinutes(minutes), LogOptions.ReadTime(text, Some.Start));

    internal static (int Code, string Output, string Errors) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = LogCommand.Create().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = errors });
        return (code, output.ToString(), errors.ToString());
    }
}
