using System.Text.Json.Nodes;
using EdgeFilter.Testing;

namespace EdgeFilter.Acceptance.Hosting;

/// <summary>How a proxy under test is configured.</summary>
internal sealed record ProxySetup
{
    /// <summary>Address of the provider behind <c>/openai</c> and <c>/anthropic</c>.</summary>
    public required string ProviderUrl { get; init; }

    /// <summary>Policy files copied into the proxy's own folder, where a test may change them.</summary>
    public IReadOnlyList<string> PolicyFiles { get; init; } = [Repository.PathOf("tests", "Acceptance", "policies", "acceptance.yaml")];

    /// <summary>Sets values on the configuration before it is written.</summary>
    public Action<JsonObject>? Configure { get; init; }

    /// <summary>PEM file of a certificate with its key: then the proxy speaks TLS.</summary>
    public string? CertificateFile { get; init; }

    public JsonObject ToJson(string folder)
    {
        var configuration = new JsonObject
        {
            ["Proxy"] = new JsonObject
            {
                ["Policies"] = Path.Combine(folder, "policies"),
                ["Models"] = Repository.PathOf("models"),
                ["MaxRequestBytes"] = 1 << 20,
            },
            ["BlockLog"] = new JsonObject { ["Path"] = Path.Combine(folder, "data", "block-log.db") },
            ["Providers"] = new JsonObject
            {
                ["openai"] = new JsonObject { ["Protocol"] = "openai", ["BaseAddress"] = ProviderUrl },
                ["anthropic"] = new JsonObject { ["Protocol"] = "anthropic", ["BaseAddress"] = ProviderUrl },
                ["gemini"] = new JsonObject { ["Protocol"] = "gemini", ["BaseAddress"] = ProviderUrl },
                ["ollama"] = new JsonObject { ["Protocol"] = "ollama", ["BaseAddress"] = ProviderUrl },
                ["cohere"] = new JsonObject { ["Protocol"] = "cohere", ["BaseAddress"] = ProviderUrl },
                ["mistral"] = new JsonObject { ["Protocol"] = "mistral", ["BaseAddress"] = ProviderUrl },
                ["bedrock"] = new JsonObject { ["Protocol"] = "bedrock", ["BaseAddress"] = ProviderUrl },
            },
        };
        if (CertificateFile is not null)
        {
            configuration["Proxy"]![nameof(CertificateFile)] = CertificateFile;
        }

        Configure?.Invoke(configuration);
        return configuration;
    }
}
