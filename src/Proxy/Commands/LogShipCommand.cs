using System.CommandLine;
using System.Globalization;
using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>log ship</c>: sends records to a webhook or syslog as they are written, each at least once.</summary>
internal static class LogShipCommand
{
    /// <summary>Environment variable with the webhook's <c>Authorization</c> header; an option would show in the list of processes.</summary>
    public const string Authorization = "EDGEFILTER_SHIP_AUTHORIZATION";

    private static readonly string[] Schemes = ["https", "http", "syslog", "syslog+tls"];

    public static Command Create()
    {
        var options = new LogOptions();
        var to = new Option<Uri>("--to")
        {
            Description = "https://HOST/PATH, syslog://HOST:PORT or syslog+tls://HOST:PORT.",
            Required = true,
            HelpName = "ADDRESS",
            CustomParser = argument =>
            {
                if (Uri.TryCreate(argument.Tokens[0].Value, UriKind.Absolute, out var address) && Schemes.Contains(address.Scheme))
                {
                    return address;
                }

                argument.AddError("--to takes https://HOST/PATH, syslog://HOST:PORT or syslog+tls://HOST:PORT.");
                return null;
            },
        };
        var cursor = new Option<string>("--cursor") { Description = "File that remembers how far the log was shipped.", Required = true, HelpName = "FILE" };
        var format = new Option<RecordFormat>("--format") { Description = "jsonl, cef or ocsf.", DefaultValueFactory = _ => RecordFormat.Jsonl };
        var once = new Option<bool>("--once") { Description = "End when everything is shipped instead of waiting for more." };
        var command = new Command("ship", "Send records to a webhook or syslog as they are written, each at least once.")
        {
            options.Log, to, cursor, format, once,
        };
        options.AddFiltersTo(command);
        command.SetAction((parsed, stop) => LogAccess.GuardedAsync(parsed, async () =>
        {
            using var reader = LogAccess.Open(parsed.GetValue(options.Log)!);
            await using var target = Target(parsed.GetRequiredValue(to), parsed.GetValue(format));
            var shipper = new LogShipper(reader, target, new ShipCursor(parsed.GetRequiredValue(cursor)), TimeProvider.System);
            var count = await shipper.RunAsync(options.ReadQuery(parsed), follow: !parsed.GetValue(once), stop).ConfigureAwait(false);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"{count:N0} records shipped.")).ConfigureAwait(false);
            return 0;
        }));
        return command;
    }

    private static IShipTarget Target(Uri address, RecordFormat format) => address.Scheme.StartsWith("syslog", StringComparison.Ordinal)
        ? new SyslogTarget(address.Host, address.IsDefaultPort || address.Port < 0 ? 6514 : address.Port, address.Scheme == "syslog+tls", format)
        : new WebhookTarget(address, format, Environment.GetEnvironmentVariable(Authorization));
}
