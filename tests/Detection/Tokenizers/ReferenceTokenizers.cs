using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using EdgeFilter.Testing;

namespace EdgeFilter.Detection.Tests.Tokenizers;

/// <summary>The reference implementation, from npm, in a process of its own.</summary>
public sealed class ReferenceTokenizers : IAsyncLifetime
{
    private readonly string folder = Repository.PathOf("tests", "Detection", "Tokenizers", "node");

    public async Task InitializeAsync()
    {
        var wanted = await File.ReadAllTextAsync(Path.Combine(folder, "package-lock.json"));
        var marker = Path.Combine(folder, "node_modules", ".installed");
        if (!File.Exists(marker) || await File.ReadAllTextAsync(marker) != wanted)
        {
            await RunAsync("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            await File.WriteAllTextAsync(marker, wanted);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>What the reference gives for each text of each tokenizer; null where it refuses.</summary>
    internal async Task<ReferenceAnswer?[][]> EncodeAsync(IEnumerable<(string Tokenizer, string[] Texts)> questions)
    {
        var scratch = Directory.CreateTempSubdirectory("edgefilter-tokenizers-");
        try
        {
            var (input, output) = (Path.Combine(scratch.FullName, "in"), Path.Combine(scratch.FullName, "out"));
            await File.WriteAllLinesAsync(input, questions.Select(q => JsonSerializer.Serialize(new
            {
                tokenizer = q.Tokenizer,
                texts = q.Texts.Select(t => Convert.ToBase64String(MemoryMarshal.AsBytes(t.AsSpan()))),
            })));
            await RunAsync("node", "encode.mjs", input, output);
            return [.. (await File.ReadAllLinesAsync(output)).Select(Read)];
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static ReferenceAnswer?[] Read(string line)
    {
        using var json = JsonDocument.Parse(line);
        return [.. json.RootElement.EnumerateArray().Select(answer => answer.ValueKind == JsonValueKind.Null ? null : new ReferenceAnswer(
            [.. answer[0].EnumerateArray().Select(id => id.GetInt32())],
            [.. answer[1].EnumerateArray().Select(place => (place[0].GetInt32(), place[1].GetInt32()))]))];
    }

    private async Task RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await errors}{await output}");
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
