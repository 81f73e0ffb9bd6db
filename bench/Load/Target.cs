using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EdgeFilter.Bench.Load;

/// <summary>A server process under load, with the processes it started.</summary>
internal sealed class Target : IDisposable
{
    // USER_HZ: the unit of /proc/PID/stat is 1/100 s on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    private readonly Process process;

    private Target(string name, Uri url, Process process)
    {
        Name = name;
        Url = url;
        this.process = process;
    }

    public string Name { get; }

    public Uri Url { get; }

    /// <summary>Starts a program and waits until it accepts connections.</summary>
    /// <exception cref="InvalidOperationException">It ended, or did not listen within two minutes: a busy machine starts slowly.</exception>
    public static async Task<Target> StartAsync(string name, Uri url, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{name} could not be started.");
        var last = "";
        process.OutputDataReceived += (_, line) => last = line.Data ?? last;
        process.ErrorDataReceived += (_, line) => last = line.Data ?? last;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var target = new Target(name, url, process);
        for (var i = 0; i < 1_200; i++)
        {
            if (process.HasExited)
            {
                target.Dispose();
                throw new InvalidOperationException($"{name} ended with {process.ExitCode}: {last}");
            }

            if (await AcceptsAsync(url))
            {
                return target;
            }

            await Task.Delay(100);
        }

        target.Dispose();
        throw new InvalidOperationException($"{name} did not listen on {url} within two minutes: {last}");
    }

    /// <summary>User and system time of the process and all its descendants, in seconds.</summary>
    public double CpuSeconds() => Tree().Sum(CpuOf);

    public double ResidentMiB() => Tree().Sum(id => Field(id, "VmRSS")) / 1024;

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process.Dispose();
    }

    public static Uri FreeUrl()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}");
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

    private List<int> Tree()
    {
        var found = new List<int> { process.Id };
        for (var i = 0; i < found.Count; i++)
        {
            var children = $"/proc/{found[i]}/task/{found[i]}/children";
            if (File.Exists(children))
            {
                found.AddRange(File.ReadAllText(children).Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(id => int.Parse(id, CultureInfo.InvariantCulture)));
            }
        }

        return found;
    }

    private static double CpuOf(int id)
    {
        var stat = File.ReadAllText($"/proc/{id}/stat");
        // The name is in parentheses and may hold spaces: fields count from after it, utime and stime are the 12th and 13th.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (double.Parse(fields[11], CultureInfo.InvariantCulture) + double.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    private static double Field(int id, string name)
    {
        var line = File.ReadLines($"/proc/{id}/status").FirstOrDefault(text => text.StartsWith(name, StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Trim('\t'), CultureInfo.InvariantCulture);
    }
}
