namespace EdgeFilter.Proxy.Signing;

/// <summary>
/// Where a provider's AWS credentials come from: a file in the form of <c>~/.aws/credentials</c>, read again whenever it changes, so
/// that temporary credentials can be renewed beside the running proxy; or the environment variables that AWS's own tools read.
/// </summary>
internal sealed class AwsCredentialSource
{
    private readonly Lock reading = new();
    private readonly string? file;
    private readonly string profile;
    private DateTime readAt;
    private AwsCredentials current;

    private AwsCredentialSource(AwsCredentials current, string region, string? file, string profile)
    {
        this.current = current;
        this.file = file;
        this.profile = profile;
        Region = region;
        readAt = file is null ? default : File.GetLastWriteTimeUtc(file);
    }

    /// <summary>The region that signatures are for.</summary>
    public string Region { get; }

    /// <summary>The credentials as they are now. A file that can't be read any more leaves the last ones in force.</summary>
    public AwsCredentials Current
    {
        get
        {
            if (file is null)
            {
                return current;
            }

            lock (reading)
            {
                var changed = File.GetLastWriteTimeUtc(file);
                if (changed != readAt && AwsCredentialFile.TryRead(file, profile, out var read, out _))
                {
                    (current, readAt) = (read, changed);
                }

                return current;
            }
        }
    }

    /// <summary>Finds the credentials of a provider.</summary>
    /// <param name="address">The provider's address, which may name the region.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <param name="problem">What an operator must change; null when all is well.</param>
    /// <returns>Null when there are none, or when there is a problem.</returns>
    public static AwsCredentialSource? Find(AwsOptions options, Uri address, Func<string, string?> environment, out string? problem)
    {
        problem = null;
        AwsCredentials? found = null;
        if (options.CredentialsFile.Length > 0)
        {
            if (!AwsCredentialFile.TryRead(options.CredentialsFile, options.Profile, out found, out problem))
            {
                return null;
            }
        }
        else if (environment("AWS_ACCESS_KEY_ID") is { Length: > 0 } id && environment("AWS_SECRET_ACCESS_KEY") is { Length: > 0 } secret)
        {
            found = new AwsCredentials(id, secret, environment("AWS_SESSION_TOKEN") is { Length: > 0 } token ? token : null);
        }

        if (found is null)
        {
            return null;
        }

        var region = options.Region.Length > 0 ? options.Region : RegionOf(address) ?? environment("AWS_REGION") ?? environment("AWS_DEFAULT_REGION") ?? "";
        if (region.Length == 0)
        {
            problem = "Aws:Region: the region is neither configured nor in the address nor in AWS_REGION.";
            return null;
        }

        return new AwsCredentialSource(found, region, options.CredentialsFile.Length > 0 ? options.CredentialsFile : null, options.Profile);
    }

    /// <summary>The region in an address of AWS's own, such as <c>bedrock-runtime.eu-central-1.amazonaws.com</c>; null in others.</summary>
    private static string? RegionOf(Uri address)
    {
        if (!IsAws(address))
        {
            return null;
        }

        var service = Array.FindIndex(address.IdnHost.Split('.'), part => part.StartsWith("bedrock", StringComparison.Ordinal));
        var parts = address.IdnHost.Split('.');
        return service >= 0 && service + 1 < parts.Length && parts[service + 1].Count(c => c == '-') >= 2 ? parts[service + 1] : null;
    }

    /// <summary>True for addresses that verify signatures: those of AWS itself.</summary>
    public static bool IsAws(Uri address) =>
        address.IdnHost.EndsWith(".amazonaws.com", StringComparison.OrdinalIgnoreCase)
        || address.IdnHost.EndsWith(".amazonaws.com.cn", StringComparison.OrdinalIgnoreCase)
        || address.IdnHost.EndsWith(".api.aws", StringComparison.OrdinalIgnoreCase);
}
