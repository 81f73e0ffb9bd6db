using EdgeFilter.Proxy.WireProtocols;

namespace EdgeFilter.Proxy.Inspection;

/// <summary>Carries an exchange from its request to its response. A request without one was passed uninspected, as configured.</summary>
internal sealed record ExchangeFeature(Exchange Exchange, WireProtocol Protocol);
