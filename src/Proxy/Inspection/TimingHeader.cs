using System.Diagnostics;
using System.Globalization;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>Tells a client how much of its waiting was the filter's.</summary>
internal static class TimingHeader
{
    /// <summary>Milliseconds that the filter has spent so far: on the prompt where the answer is streamed, on both where it is whole.</summary>
    public const string Name = "x-edgefilter-filter-ms";

    public static void Set(HttpResponse response, Exchange exchange) =>
        response.Headers[Name] = Stopwatch.GetElapsedTime(0, exchange.FilterTicks).TotalMilliseconds.ToString("0.000", CultureInfo.InvariantCulture);
}
