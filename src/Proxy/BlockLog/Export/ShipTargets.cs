namespace EdgeFilter.Proxy.BlockLog;

/// <summary>Finds the receiver that an address means.</summary>
internal static class ShipTargets
{
    /// <summary>What an address may look like, for help and errors.</summary>
    public const string Forms = "https://HOST/PATH, otlp+https://HOST:PORT, syslog://HOST:PORT or syslog+tls://HOST:PORT";

    /// <summary>Environment variable with the <c>Authorization</c> header for webhooks and collectors; an option would show in the list of processes.</summary>
    public const string Authorization = "EDGEFILTER_SHIP_AUTHORIZATION";

    private const int SyslogPort = 6514;
    private static readonly string[] Schemes = ["https", "http", "otlp+https", "otlp+http", "syslog", "syslog+tls"];

    public static bool IsAddress(string? text, out Uri address) => Uri.TryCreate(text, UriKind.Absolute, out address!) && Schemes.Contains(address.Scheme);

    public static IShipTarget Create(Uri address, RecordFormat format)
    {
        var authorization = Environment.GetEnvironmentVariable(Authorization);
        return address.Scheme switch
        {
            "syslog" or "syslog+tls" => new SyslogTarget(
                address.Host, address.IsDefaultPort || address.Port < 0 ? SyslogPort : address.Port, address.Scheme == "syslog+tls", format),
            "otlp+http" or "otlp+https" => new OtlpLogsTarget(new Uri(address.OriginalString["otlp+".Length..]), authorization),
            _ => new WebhookTarget(address, format, authorization),
        };
    }
}
