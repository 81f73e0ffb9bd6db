using System.Diagnostics;
using System.Text.Json;

namespace EdgeFilter.Proxy.Tests.Commands;

/// <summary><c>edgefilter detect</c> as it is called: its lines, and what it says of names that do not exist.</summary>
public sealed class DetectCommandTests
{
    private const string Line = """{"id":"1","text":"Maria Gonzalez, NIF 12345678Z; card 4111 1111 1111 1111"}""";

    [Fact]
    public async Task Detect_WithoutOptions_FindsEverythingButNames()
    {
        var (status, output, _) = await Run();
        Assert.Equal(0, status);
        Assert.Equal(["CREDIT_CARD", "ES_NIF"], EntitiesOf(output));
    }

    [Fact]
    public async Task Detect_EntitiesOfAModel_AreFoundByIt()
    {
        var (_, output, _) = await Run("--entities", "PERSON,ES_NIF");
        Assert.Equal(["ES_NIF", "PERSON"], EntitiesOf(output));
    }

    [Fact]
    public async Task Detect_Policy_FindsWhatItsRulesAskFor()
    {
        var (_, output, _) = await Run("--policy", "pci-dss");
        Assert.Equal(["CREDIT_CARD"], EntitiesOf(output));
    }

    [Theory]
    [InlineData("There is no entity or detector 'PERSONN'", "--entities", "PERSONN")]
    [InlineData("There is no policy 'nope'.", "--policy", "nope")]
    [InlineData("give one of them", "--policy", "pci-dss", "--entities", "PERSON")]
    public async Task Detect_WhatDoesNotExist_IsSaid(string message, params string[] arguments)
    {
        var (status, output, errors) = await Run(arguments);
        Assert.NotEqual(0, status);
        Assert.DoesNotContain("findings", output.Split('\n')[0], StringComparison.Ordinal);
        Assert.Contains(message, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", errors, StringComparison.Ordinal);
    }

    private static string[] EntitiesOf(string output)
    {
        using var json = JsonDocument.Parse(output.Split('\n')[0]);
        return [.. json.RootElement.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("entity").GetString()!).Distinct().Order(StringComparer.Ordinal)];
    }

    private static async Task<(int Status, string Output, string Errors)> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "edgefilter.dll"), "detect", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.WriteLineAsync(Line);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Bad usage ends it before it reads.
        }

        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
