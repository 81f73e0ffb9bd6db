using Serilog.Core;
using Serilog.Events;

namespace EdgeFilter.Proxy.Hosting;

/// <summary>Takes out what the framework adds to every line of a request: its raw path is the client's text (law 3).</summary>
internal sealed class WithoutRequestScope : ILogEventEnricher
{
    private static readonly string[] FromTheClient = ["RequestPath", "RequestMethod", "Scope", "ConnectionId", "HostingRequestStartingLog"];

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        foreach (var name in FromTheClient)
        {
            logEvent.RemovePropertyIfPresent(name);
        }
    }
}
