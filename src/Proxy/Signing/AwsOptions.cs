namespace EdgeFilter.Proxy.Signing;

/// <summary>The section <c>Aws</c> of a Bedrock provider. Without a file, the environment variables of AWS's own tools count.</summary>
internal sealed class AwsOptions
{
    /// <summary>The region that signatures are for; without it, the one in the provider's address, then <c>AWS_REGION</c>.</summary>
    public string Region { get; set; } = "";

    /// <summary>Path of a file in the form of <c>~/.aws/credentials</c>, read again when it changes.</summary>
    public string CredentialsFile { get; set; } = "";

    /// <summary>The section of the file.</summary>
    /// <value>The default is <c>default</c>.</value>
    public string Profile { get; set; } = "default";
}
