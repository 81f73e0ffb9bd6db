using System.CommandLine;
using EdgeFilter.Policies.Lifecycle;
using EdgeFilter.Proxy.Configuration;
using EdgeFilter.Proxy.Hosting;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>edgefilter serve</c>: the proxy, by a configuration file.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var config = new Option<FileInfo>("--config") { Description = "The configuration, JSON. docs/operations.md describes it.", Required = true };
        var urls = new Option<string?>("--urls") { Description = "Addresses for clients instead of the configured ones, separated by ';'." };
        var adminUrls = new Option<string?>("--admin-urls") { Description = "Addresses for operators instead of the configured ones." };
        var command = new Command("serve", "Runs the proxy by a configuration file.") { config, urls, adminUrls };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetRequiredValue(config), parsed.GetValue(urls), parsed.GetValue(adminUrls), Console.Error, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo config, string? urls, string? adminUrls, TextWriter errors, CancellationToken cancellation)
    {
        if (!config.Exists)
        {
            await errors.WriteLineAsync($"There is no configuration file at {config}.");
            return JsonLines.BadUsage;
        }

        return await Startup.GuardAsync(errors, async () =>
        {
            var overrides = new Dictionary<string, string?>(StringComparer.Ordinal);
            if (urls is not null)
            {
                overrides["Proxy:Urls"] = urls;
            }

            if (adminUrls is not null)
            {
                overrides["Proxy:AdminUrls"] = adminUrls;
            }

            var configuration = new ConfigurationBuilder()
                .AddJsonFile(config.FullName, optional: false)
                .AddEnvironmentVariables("EDGEFILTER_")
                .AddInMemoryCollection(overrides)
                .Build();
            await using var host = await ProxyHost.StartAsync(configuration, logToConsole: true, cancellation);
            Console.WriteLine($"EdgeFilter serves clients on {string.Join(", ", host.Urls)} and operators on {string.Join(", ", host.AdminUrls)}.");
            if (host.FirstAccountLink is { } link)
            {
                Console.WriteLine($"Make the console's first account at {link}");
            }

            await host.WaitForShutdownAsync(cancellation);
        });
    }
}
