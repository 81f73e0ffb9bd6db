namespace EdgeFilter.Proxy.Signing;

/// <summary>What AWS knows the proxy by. Prints no secret.</summary>
/// <param name="SessionToken">Of temporary credentials; null for lasting ones.</param>
internal sealed record AwsCredentials(string AccessKeyId, string SecretAccessKey, string? SessionToken)
{
    public override string ToString() => AccessKeyId;
}
