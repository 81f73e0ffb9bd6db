using EdgeFilter.Proxy.Bodies;
using EdgeFilter.Proxy.WireProtocols.OpenAi;

namespace EdgeFilter.Proxy.WireProtocols.Lines;

/// <summary>What one line of a JSON Lines file is.</summary>
/// <param name="Protocol">Whose body it holds.</param>
/// <param name="Map">Where its text lives.</param>
/// <param name="Model">The model that it asks; empty when it doesn't say.</param>
internal readonly record struct LineBody(LineKind Kind, WireProtocol Protocol, FieldMap Map, string Model)
{
    public static LineBody None { get; } = new(LineKind.Example, OpenAiProtocols.Chat, FieldMap.Empty, "");
}
