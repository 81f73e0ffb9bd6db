namespace EdgeFilter.Proxy.WireProtocols.Bedrock;

/// <summary>Whose model an id names: InvokeModel's bodies are the vendor's own.</summary>
/// <remarks>
/// Ids are <c>vendor.model</c>, with a geography before it for inference profiles (<c>eu.anthropic.claude-…</c>), or an ARN that ends
/// with such an id. An ARN of a model of one's own names no vendor.
/// </remarks>
internal static class BedrockModels
{
    /// <param name="model">As the path has it; a slash may still be escaped.</param>
    public static bool IsAnthropic(string model) => VendorOf(model).SequenceEqual("anthropic");

    /// <summary>Amazon Nova speaks Converse's bodies in InvokeModel too; Titan, of the same vendor, does not.</summary>
    public static bool IsNova(string model)
    {
        var id = IdOf(model);
        return VendorOf(model).SequenceEqual("amazon") && id[(id.IndexOf("amazon.", StringComparison.Ordinal) + 7)..].StartsWith("nova");
    }

    public static bool IsOther(string model) => !IsAnthropic(model) && !IsNova(model);

    private static ReadOnlySpan<char> VendorOf(string model)
    {
        var id = IdOf(model);
        var dot = id.IndexOf('.');
        if (dot < 0)
        {
            return [];
        }

        var second = id[(dot + 1)..].IndexOf('.');
        var next = second < 0 ? [] : id.Slice(dot + 1, second);
        // A geography stands before the vendor; versions have dots too (claude-3.5), so only a vendor's name counts.
        return next is "anthropic" or "amazon" ? next : id[..dot];
    }

    private static ReadOnlySpan<char> IdOf(string model)
    {
        var slash = Math.Max(model.LastIndexOf('/'), model.LastIndexOf("%2F", StringComparison.OrdinalIgnoreCase) is var escaped and >= 0 ? escaped + 2 : -1);
        return model.AsSpan(slash + 1);
    }
}
