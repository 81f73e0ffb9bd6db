using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using EdgeFilter.Testing;

namespace EdgeFilter.Acceptance.Hosting;

/// <summary>A real proxy: the built program as a child process with a folder of its own.</summary>
internal sealed partial class ProxyProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();

    private (Uri Url, Uri Admin)? addresses;

    // Another instance has the folder then.
    private bool isHandedOn;

    private ProxyProcess(Process process, string folder)
    {
        this.process = process;
        Folder = folder;
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Configuration, policies, database and logs.</summary>
    public string Folder { get; }

    public Uri Url => Addresses.Url;

    public Uri Admin => Addresses.Admin;

    public Uri OpenAi => new(Url, "/openai/v1");

    public Uri Anthropic => new(Url, "/anthropic");

    /// <summary>Everything it has written to standard output and standard error.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    private (Uri Url, Uri Admin) Addresses => addresses ?? throw new InvalidOperationException("It has not said yet where it listens: " + Output);

    /// <summary>Starts <c>edgefilter serve</c> and waits until it takes requests.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message holds its output.</exception>
    public static async Task<ProxyProcess> StartAsync(ProxySetup setup) => await ReadyAsync(await LaunchAsync(setup));

    /// <summary>Starts <c>edgefilter serve</c> with its data folder on a volume of a few megabytes.</summary>
    public static async Task<(ProxyProcess Proxy, SmallDisk Disk)> StartOnSmallDiskAsync(ProxySetup setup, bool readOnly)
    {
        var folder = await PrepareAsync(setup);
        var disk = new SmallDisk(Path.Combine(folder, "data"), readOnly);
        var proxy = Launch(folder, disk.Wrap, "http", "serve", "--config", Path.Combine(folder, "edgefilter.json"));
        disk.ProcessId = proxy.process.Id;
        return (await ReadyAsync(proxy), disk);
    }

    /// <summary>Starts <c>edgefilter demo</c> and waits until it takes requests.</summary>
    public static Task<ProxyProcess> StartDemoAsync()
    {
        var folder = Directory.CreateTempSubdirectory("edgefilter-acceptance-").FullName;
        return ReadyAsync(Launch(folder, "demo", "--data", Path.Combine(folder, "data")));
    }

    private static async Task<ProxyProcess> ReadyAsync(ProxyProcess proxy)
    {
        var patience = Stopwatch.StartNew();
        while (patience.Elapsed < Eventually.Patience)
        {
            var said = proxy.Output;
            if (Listening().Match(said) is { Success: true } listening)
            {
                proxy.addresses = (new Uri(listening.Groups["url"].Value), new Uri(listening.Groups["admin"].Value));
                return proxy;
            }

            if (proxy.process.HasExited)
            {
                await proxy.DisposeAsync();
                throw new InvalidOperationException("The proxy ended: " + said);
            }

            await Task.Delay(50);
        }

        await proxy.DisposeAsync();
        throw new InvalidOperationException($"The proxy did not listen within {Eventually.Patience.TotalSeconds:0} s: {proxy.Output}");
    }

    /// <summary>Starts a proxy that is expected to refuse, and waits for its end.</summary>
    public static async Task<(int Status, string Output)> StartAndFailAsync(ProxySetup setup)
    {
        await using var proxy = await LaunchAsync(setup);
        using var patience = new CancellationTokenSource(Eventually.Patience);
        await proxy.process.WaitForExitAsync(patience.Token);
        return (proxy.process.ExitCode, proxy.Output);
    }

    /// <summary>Waits until the output contains a text.</summary>
    public Task<bool> SaysAsync(string text) => Eventually.HoldsAsync(() => Output.Contains(text, StringComparison.Ordinal));

    /// <summary>Asks it to stop, as a service manager does, and waits. Returns the exit status.</summary>
    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        using var patience = new CancellationTokenSource(Eventually.Patience);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    /// <summary>Ends it as <see cref="KillAsync"/> does, and starts it again on the same folder. This instance is of no use afterwards.</summary>
    public async Task<ProxyProcess> KillAndRestartAsync()
    {
        await KillAsync();
        isHandedOn = true;
        process.Dispose();
        return await ReadyAsync(Serve(Folder));
    }

    /// <summary>Ends it at once, as a crash or the kernel would: nothing of it runs any more.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (isHandedOn)
        {
            return;
        }

        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<ProxyProcess> LaunchAsync(ProxySetup setup) => Serve(await PrepareAsync(setup), setup.CertificateFile is null ? "http" : "https");

    private static async Task<string> PrepareAsync(ProxySetup setup)
    {
        var folder = Directory.CreateTempSubdirectory("edgefilter-acceptance-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "policies"));
        foreach (var policy in setup.PolicyFiles)
        {
            File.Copy(policy, Path.Combine(folder, "policies", Path.GetFileName(policy)));
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "edgefilter.json"), setup.ToJson(folder).ToJsonString());
        return folder;
    }

    private static ProxyProcess Serve(string folder, string scheme = "http") => Launch(folder, command => command, scheme, "serve", "--config", Path.Combine(folder, "edgefilter.json"));

    private static ProxyProcess Launch(string folder, params string[] arguments) => Launch(folder, command => command, "http", arguments);

    private static ProxyProcess Launch(string folder, Func<string[], string[]> wrap, string scheme, params string[] arguments)
    {
        // Port 0: the system chooses, so that no two tests can ever want the same one.
        var command = wrap(["dotnet", Program, .. arguments, "--urls", scheme + "://127.0.0.1:0", "--admin-urls", "http://127.0.0.1:0"]);
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new ProxyProcess(Process.Start(start)!, folder);
    }

    /// <summary>The program as built beside these tests, in the same configuration.</summary>
    private static string Program
    {
        get
        {
            var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return Repository.PathOf("src", "Proxy", "bin", framework.Parent!.Name, framework.Name, "edgefilter.dll");
        }
    }

    /// <summary>What <c>serve</c> says in one line and <c>demo</c> in two once they take requests.</summary>
    [GeneratedRegex(@"(serves clients on|proxy     ) (?<url>https?://\S+?)/?[ ,](.|\n)*?(operators on|console   ) (?<admin>http://[\w.]+:\d+)")]
    private static partial Regex Listening();

    private void Append(string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }
    }
}
