namespace EdgeFilter.Proxy.Inspection;

/// <summary>The body that goes to the provider, for those who sign it. Good until the request has been forwarded.</summary>
internal sealed record JudgedBody(ReadOnlyMemory<byte> Bytes)
{
    /// <summary>States how long it is: the content is a user's.</summary>
    public override string ToString() => $"{Bytes.Length} bytes";
}
