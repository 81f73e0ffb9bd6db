using System.Globalization;
using Serilog;
using Serilog.Core;
using Serilog.Debugging;
using Serilog.Events;
using Serilog.Formatting.Json;

namespace EdgeFilter.Proxy.Hosting;

/// <summary>
/// Serilog as the host's logging provider: one JSON object a line to a file, readable lines to the console. The section
/// <c>Serilog</c> of the configuration replaces both.
/// </summary>
internal static class ProxyLogging
{
    private const string ConsoleTemplate = "{Timestamp:HH:mm:ss} {Level:u3} {Message:lj}{NewLine}";

    /// <param name="configuration">May hold the section <c>Serilog</c>, and <c>Logs:Path</c>.</param>
    /// <param name="console">False where something else speaks on the terminal.</param>
    public static Logger Create(IConfiguration configuration, bool console)
    {
        // A log that can't be written must not stay silent about it.
        SelfLog.Enable(message => Console.Error.WriteLine("log: " + message));
        var logger = new LoggerConfiguration()
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("System", LogEventLevel.Warning)
            // What an identity provider or a stranger writes into an address would stand in these; the console's own events say what failed.
            .MinimumLevel.Override("Microsoft.AspNetCore.Authentication", LogEventLevel.Fatal)
            // YARP's own lines name whole request addresses, and with them query strings.
            .MinimumLevel.Override("Yarp", LogEventLevel.Error)
            .Enrich.With(new WithoutRequestScope());
        if (configuration.GetSection("Serilog").Exists())
        {
            return logger.ReadFrom.Configuration(configuration).CreateLogger();
        }

        var path = configuration["Logs:Path"] ?? Path.Combine("logs", "edgefilter-.jsonl");
        logger.WriteTo.File(new JsonFormatter(formatProvider: CultureInfo.InvariantCulture), path, rollingInterval: RollingInterval.Day, retainedFileCountLimit: 14, fileSizeLimitBytes: 256L << 20, rollOnFileSizeLimit: true);
        if (console)
        {
            logger.WriteTo.Console(outputTemplate: ConsoleTemplate, formatProvider: CultureInfo.InvariantCulture);
        }

        return logger.CreateLogger();
    }
}
