using System.Collections.Frozen;
using EdgeFilter.Proxy.WireProtocols;
using EdgeFilter.Proxy.Signing;

namespace EdgeFilter.Proxy.Configuration;

/// <summary>A provider, checked and with its key read.</summary>
internal sealed record Provider
{
    public required string Name { get; init; }

    public required ProtocolFamily Family { get; init; }

    public required IReadOnlyList<Uri> Addresses { get; init; }

    /// <summary>The provider's key; null when the client's is passed on. Never logged.</summary>
    public string? Key { get; init; }

    /// <summary>What requests to AWS are signed with; null where they aren't signed.</summary>
    public AwsCredentialSource? Aws { get; init; }

    public required string Region { get; init; }

    public required bool IsDefault { get; init; }

    public required FrozenDictionary<string, string> Models { get; init; }

    /// <summary>APIs that configuration describes.</summary>
    public IReadOnlyList<WireProtocol> Apis { get; init; } = [];

    public override string ToString() => Name;
}

/// <summary>Families of wire protocols, as presets name them.</summary>
internal enum ProtocolFamily
{
    OpenAi,
    Anthropic,
    Gemini,
    Azure,
    Bedrock,
    Ollama,
    Cohere,
    Mistral,
    Mcp,
    A2a,

    /// <summary>No family: only the APIs that configuration describes.</summary>
    Custom,
}

/// <summary>All providers of a configuration.</summary>
internal sealed class ProviderSet
{
    private readonly FrozenDictionary<string, Provider> byName;

    private ProviderSet(IEnumerable<Provider> providers)
    {
        byName = providers.ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);
    }

    public IEnumerable<Provider> All => byName.Values.OrderBy(p => p.Name, StringComparer.Ordinal);

    public Provider? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>Reads the section <c>Providers</c>.</summary>
    /// <exception cref="ConfigurationException">Names every problem at once.</exception>
    public static ProviderSet Read(IConfiguration configuration)
    {
        var problems = new List<string>();
        var providers = new List<Provider>();
        foreach (var section in configuration.GetSection(ProviderOptions.Section).GetChildren())
        {
            var options = section.Get<ProviderOptions>() ?? new ProviderOptions();
            if (ReadOne(section.Key, options, problems) is { } provider)
            {
                providers.Add(provider);
            }
        }

        foreach (var twice in providers.Where(p => p.IsDefault).GroupBy(p => p.Family).Where(g => g.Count() > 1))
        {
            problems.Add($"Providers: {string.Join(" and ", twice.Select(p => p.Name))} both say Default for the protocol "
                + $"{Spell(twice.Key)}; only one can.");
        }

        return problems.Count > 0 ? throw new ConfigurationException(problems) : new ProviderSet(WithImpliedDefaults(providers));
    }

    // The only provider of a protocol is its default: nobody should have to say so.
    private static IEnumerable<Provider> WithImpliedDefaults(List<Provider> providers) =>
        providers.Select(p => providers.Count(other => other.Family == p.Family) == 1 ? p with { IsDefault = true } : p);

    private static Provider? ReadOne(string name, ProviderOptions options, List<string> problems)
    {
        var at = $"Providers:{name}";
        var before = problems.Count;
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_'))
        {
            problems.Add($"{at}: a provider's name is its path prefix: lower-case letters, digits, '-' and '_'.");
        }

        if (name is "v1" or "edgefilter")
        {
            problems.Add($"{at}: the name '{name}' is taken by the proxy's own paths.");
        }

        if (!TryReadFamily(options.Protocol, out var family))
        {
            problems.Add($"{at}:Protocol: '{options.Protocol}' is not a protocol. Known: {string.Join(", ", Enum.GetValues<ProtocolFamily>().Select(Spell))}.");
        }

        var addresses = new List<Uri>();
        foreach (var address in options.MoreAddresses.Prepend(options.BaseAddress))
        {
            if (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0)
            {
                addresses.Add(WithoutVersion(uri));
            }
            else
            {
                problems.Add($"{at}:BaseAddress: an address like https://api.example.com/ is needed (without user name or password).");
            }
        }

        var key = ReadKey(at, options.Credential, problems);
        AwsCredentialSource? aws = null;
        if (family == ProtocolFamily.Bedrock && key is null && problems.Count == before)
        {
            aws = AwsCredentialSource.Find(options.Aws, addresses[0], Environment.GetEnvironmentVariable, out var problem);
            if (problem is not null)
            {
                problems.Add($"{at}:{problem}");
            }
        }

        var apis = ApiReader.Read(at, name, family, options.Apis, problems);
        return problems.Count > before
            ? null
            : new Provider
            {
                Name = name, Family = family, Addresses = addresses, Key = key, Aws = aws, Region = options.Region, IsDefault = options.Default,
                Models = options.Models.ToFrozenDictionary(StringComparer.Ordinal), Apis = apis,
            };
    }

    private static string? ReadKey(string at, CredentialOptions credential, List<string> problems)
    {
        if (!credential.IsConfigured)
        {
            return null;
        }

        if (credential is { Environment.Length: > 0, File.Length: > 0 })
        {
            problems.Add($"{at}:Credential: give Environment or File, not both.");
            return null;
        }

        if (credential.Environment.Length > 0)
        {
            var value = Environment.GetEnvironmentVariable(credential.Environment);
            if (string.IsNullOrWhiteSpace(value))
            {
                problems.Add($"{at}:Credential:Environment: the variable {credential.Environment} is not set.");
            }

            return value?.Trim();
        }

        try
        {
            return File.ReadAllText(credential.File).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            problems.Add($"{at}:Credential:File: {credential.File} can't be read ({error.GetType().Name}).");
            return null;
        }
    }

    // SDKs want the version in their base URL, the proxy does not: both spellings mean the same place.
    private static Uri WithoutVersion(Uri address)
    {
        var text = address.AbsoluteUri.TrimEnd('/');
        return new Uri((text.EndsWith("/v1", StringComparison.Ordinal) ? text[..^3] : text).TrimEnd('/') + "/");
    }

    private static bool TryReadFamily(string text, out ProtocolFamily family) =>
        Enum.TryParse(text, ignoreCase: true, out family) && !char.IsAsciiDigit(text[0]);

    internal static string Spell(ProtocolFamily family) => family.ToString().ToLowerInvariant();
}
