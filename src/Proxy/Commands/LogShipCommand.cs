using System.CommandLine;
using System.Globalization;
using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Commands;

/// <summary><c>log ship</c>: sends records to a webhook, a collector or syslog as they are written, each at least once.</summary>
internal static class LogShipCommand
{
    public static Command Create()
    {
        var options = new LogOptions();
        var to = new Option<Uri>("--to")
        {
            Description = $"{ShipTargets.Forms}.",
            Required = true,
            HelpName = "ADDRESS",
            CustomParser = argument =>
            {
                if (ShipTargets.IsAddress(argument.Tokens[0].Value, out var address))
                {
                    return address;
                }

                argument.AddError($"--to takes {ShipTargets.Forms}.");
                return null;
            },
        };
        var cursor = new Option<string>("--cursor") { Description = "File that remembers how far the log was shipped.", Required = true, HelpName = "FILE" };
        var format = new Option<RecordFormat>("--format") { Description = "jsonl, cef or ocsf.", DefaultValueFactory = _ => RecordFormat.Jsonl };
        var once = new Option<bool>("--once") { Description = "End when everything is shipped instead of waiting for more." };
        var command = new Command("ship", "Send records to a webhook, an OpenTelemetry collector or syslog as they are written, each at least once.")
        {
            options.Log, to, cursor, format, once,
        };
        options.AddFiltersTo(command);
        command.SetAction((parsed, stop) => LogAccess.GuardedAsync(parsed, async () =>
        {
            using var reader = LogAccess.Open(parsed.GetValue(options.Log)!);
            await using var target = ShipTargets.Create(parsed.GetRequiredValue(to), parsed.GetValue(format));
            var shipper = new LogShipper(reader, target, new ShipCursor(parsed.GetRequiredValue(cursor)), TimeProvider.System);
            var count = await shipper.RunAsync(options.ReadQuery(parsed), follow: !parsed.GetValue(once), stop).ConfigureAwait(false);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"{count:N0} records shipped.")).ConfigureAwait(false);
            return 0;
        }));
        return command;
    }
}
