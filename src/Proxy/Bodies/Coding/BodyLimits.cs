namespace EdgeFilter.Proxy.Bodies.Coding;

/// <summary>How large a body may become when it is decoded.</summary>
/// <param name="MaxBytes">Decoded bytes.</param>
/// <param name="MaxRatio">Decoded bytes for each coded one, once <see cref="FreeBytes"/> are passed. Prose reaches 10; bombs 1,000 and more.</param>
internal sealed record BodyLimits(int MaxBytes = 32 * 1024 * 1024, int MaxRatio = 100)
{
    /// <summary>So much may come of any body, whatever the ratio.</summary>
    public const int FreeBytes = 1024 * 1024;

    public static BodyLimits Default { get; } = new();

    public bool Allows(long decoded, long coded) => decoded <= MaxBytes && (decoded <= FreeBytes || decoded <= coded * MaxRatio);
}
