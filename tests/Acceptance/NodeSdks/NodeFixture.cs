using System.Diagnostics;
using System.Text.Json;
using EdgeFilter.Testing;

namespace EdgeFilter.Acceptance.NodeSdks;

/// <summary>Installs the pinned npm packages once and runs scenarios with them.</summary>
public sealed class NodeFixture : IAsyncLifetime
{
    // Several collections of tests need the packages: one of them installs, the others wait.
    private static readonly SemaphoreSlim Installing = new(1, 1);

    private readonly string folder = Repository.PathOf("tests", "Acceptance", "node");

    public async Task InitializeAsync()
    {
        await Installing.WaitAsync();
        try
        {
            await InstallAsync();
        }
        finally
        {
            Installing.Release();
        }
    }

    private async Task InstallAsync()
    {
        var wanted = await File.ReadAllTextAsync(Path.Combine(folder, "package-lock.json"));
        var marker = Path.Combine(folder, "node_modules", ".installed");
        if (File.Exists(marker) && await File.ReadAllTextAsync(marker) == wanted)
        {
            return;
        }

        var (status, _, errors) = await StartAsync("npm", "ci", "--ignore-scripts", "--omit=optional", "--omit=peer", "--no-audit", "--no-fund");
        Assert.True(status == 0, "npm ci failed in tests/Acceptance/node: " + errors);
        await File.WriteAllTextAsync(marker, wanted);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Runs one scenario of <c>run.mjs</c> and reads what the SDK's user saw.</summary>
    internal async Task<SdkOutcome> RunAsync(string sdk, Uri baseUrl, string scenario, string prompt)
    {
        var (status, output, errors) = await StartAsync("node", "run.mjs", sdk, baseUrl.ToString().TrimEnd('/'), scenario, prompt);
        Assert.True(status == 0, $"node ended with {status}: {errors}");
        return JsonSerializer.Deserialize<SdkOutcome>(output, JsonSerializerOptions.Web)!;
    }

    /// <summary>Runs scenarios of <c>providers.mjs</c> in one process; the outcomes come in the same order.</summary>
    internal async Task<IReadOnlyList<SdkOutcome>> RunAllAsync(string sdk, Uri baseUrl, IEnumerable<(string Scenario, string Prompt)> wanted, string? trusted = null)
    {
        var input = JsonSerializer.Serialize(wanted.Select(w => new { scenario = w.Scenario, prompt = w.Prompt }));
        var (status, output, errors) = await RunAsync("node", input, trusted, "providers.mjs", sdk, baseUrl.ToString().TrimEnd('/'));
        Assert.True(status == 0, $"node ended with {status}: {errors}");
        return JsonSerializer.Deserialize<SdkOutcome[]>(output, JsonSerializerOptions.Web)!;
    }

    /// <summary>Runs a script with JSON as its input, and gives back the line that it prints.</summary>
    internal async Task<string> AskAsync(string script, object input)
    {
        var (status, output, errors) = await RunAsync("node", JsonSerializer.Serialize(input, JsonSerializerOptions.Web), null, script);
        Assert.True(status == 0, $"node ended with {status}: {errors}");
        return output.Trim();
    }

    private Task<(int Status, string Output, string Errors)> StartAsync(string program, params string[] arguments) => RunAsync(program, "", null, arguments);

    private async Task<(int Status, string Output, string Errors)> RunAsync(string program, string input, string? trusted, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        if (trusted is not null)
        {
            start.Environment["NODE_EXTRA_CA_CERTS"] = trusted;
        }

        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
