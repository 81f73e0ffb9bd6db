using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace EdgeFilter.Acceptance.Wire;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record WireAnswer(int Status, HttpResponseHeaders Headers, string? ContentType, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The message of an error in either protocol's shape.</summary>
    public string ErrorMessage => (string?)Json["error"]?["message"] ?? throw new InvalidOperationException("Not a native error: " + Text);

    /// <summary>Status and text, for the message of a failed assertion: what is sent here is made up.</summary>
    public override string ToString() => $"{Status} {ContentType}: {Text}";
}
