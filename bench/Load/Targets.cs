using System.Globalization;

namespace EdgeFilter.Bench.Load;

/// <summary>Starts everything that is compared, all of it in front of the same backend.</summary>
internal static class Targets
{
    public static async Task<List<Target>> StartAsync(RunSettings settings)
    {
        var scratch = Directory.CreateTempSubdirectory("edgefilter-bench-").FullName;
        var started = new List<Target>();
        try
        {
            var backend = await DotnetAsync(TargetNames.Backend, typeof(Targets).Assembly.Location, url => ["backend", url]);
            started.Add(backend);
            started.Add(await DotnetAsync(TargetNames.BareYarp, Built(settings, "bench/BareYarp", "EdgeFilter.Bench.BareYarp.dll"), url => [url, backend.Url.ToString()]));
            if (Find("nginx") is { } nginx)
            {
                started.Add(await NginxAsync(nginx, settings, backend.Url, scratch));
            }
            else
            {
                await Console.Error.WriteLineAsync("nginx is not installed: left out.");
            }

            started.Add(await EdgeFilterAsync(settings, backend.Url, scratch));
            return started;
        }
        catch
        {
            started.ForEach(target => target.Dispose());
            throw;
        }
    }

    private static Task<Target> DotnetAsync(string name, string program, Func<string, string[]> arguments)
    {
        var url = Target.FreeUrl();
        return Target.StartAsync(name, url, "dotnet", [program, .. arguments(url.ToString().TrimEnd('/'))]);
    }

    private static async Task<Target> NginxAsync(string program, RunSettings settings, Uri backend, string scratch)
    {
        var url = Target.FreeUrl();
        var template = await File.ReadAllTextAsync(Path.Combine(settings.Root, "bench/nginx.conf"));
        var file = Path.Combine(scratch, "nginx.conf");
        await File.WriteAllTextAsync(file, template
            .Replace("@LISTEN@", url.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("@BACKEND@", backend.Authority, StringComparison.Ordinal)
            .Replace("@SCRATCH@", scratch, StringComparison.Ordinal));
        return await Target.StartAsync(TargetNames.Nginx, url, program, "-p", scratch, "-e", Path.Combine(scratch, "error.log"), "-c", file);
    }

    private static async Task<Target> EdgeFilterAsync(RunSettings settings, Uri backend, string scratch)
    {
        var url = Target.FreeUrl();
        var template = await File.ReadAllTextAsync(Path.Combine(settings.Root, "bench/edgefilter.json"));
        var file = Path.Combine(scratch, "edgefilter.json");
        await File.WriteAllTextAsync(file, template
            .Replace("@ROOT@", settings.Root, StringComparison.Ordinal)
            .Replace("@BACKEND@", backend.ToString().TrimEnd('/'), StringComparison.Ordinal)
            .Replace("@SCRATCH@", scratch, StringComparison.Ordinal));
        return await Target.StartAsync(TargetNames.EdgeFilter, url, "dotnet", Built(settings, "src/Proxy", "edgefilter.dll"), "serve",
            "--config", file, "--urls", url.ToString().TrimEnd('/'), "--admin-urls", Target.FreeUrl().ToString().TrimEnd('/'));
    }

    private static string Built(RunSettings settings, string project, string file) => Path.Combine(settings.Root, project, "bin/Release/net10.0", file);

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin").Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
