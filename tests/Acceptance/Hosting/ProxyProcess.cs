using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeFilter.Testing;

namespace EdgeFilter.Acceptance.Hosting;

/// <summary>A real proxy: the built program as a child process with a folder of its own.</summary>
internal sealed class ProxyProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();

    private ProxyProcess(Process process, string folder, Uri url, Uri admin)
    {
        this.process = process;
        Folder = folder;
        Url = url;
        Admin = admin;
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Configuration, policies, database and logs.</summary>
    public string Folder { get; }

    public Uri Url { get; }

    public Uri Admin { get; }

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
        for (var i = 0; i < 300; i++)
        {
            if (proxy.process.HasExited)
            {
                var said = proxy.Output;
                await proxy.DisposeAsync();
                throw new InvalidOperationException($"The proxy ended with {proxy.process.ExitCode}: {said}");
            }

            if (await AcceptsAsync(proxy.Url))
            {
                return proxy;
            }

            await Task.Delay(100);
        }

        await proxy.DisposeAsync();
        throw new InvalidOperationException("The proxy did not listen within thirty seconds: " + proxy.Output);
    }

    /// <summary>Starts a proxy that is expected to refuse, and waits for its end.</summary>
    public static async Task<(int Status, string Output)> StartAndFailAsync(ProxySetup setup)
    {
        await using var proxy = await LaunchAsync(setup);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await proxy.process.WaitForExitAsync(patience.Token);
        return (proxy.process.ExitCode, proxy.Output);
    }

    /// <summary>Waits until the output contains a text.</summary>
    public async Task<bool> SaysAsync(string text)
    {
        for (var i = 0; i < 100; i++)
        {
            if (Output.Contains(text, StringComparison.Ordinal))
            {
                return true;
            }

            await Task.Delay(100);
        }

        return false;
    }

    /// <summary>Asks it to stop, as a service manager does, and waits. Returns the exit status.</summary>
    public async Task<int> StopAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    /// <summary>Ends it as <see cref="KillAsync"/> does, and starts it again on the same folder. This instance is of no use afterwards.</summary>
    public async Task<ProxyProcess> KillAndRestartAsync()
    {
        await KillAsync();
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
        var (url, admin) = (FreeUrl(scheme), FreeUrl("http"));
        var command = wrap(["dotnet", Program, .. arguments, "--urls", Text(url), "--admin-urls", Text(admin)]);
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new ProxyProcess(Process.Start(start)!, folder, url, admin);
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

    private static string Text(Uri url) => url.ToString().TrimEnd('/');

    private static Uri FreeUrl(string scheme)
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return new Uri($"{scheme}://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
    }

    private static async Task<bool> AcceptsAsync(Uri url)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, url.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Append(string? line)
    {
        lock (output)
        {
            output.AppendLine(line);
        }
    }
}
