namespace EdgeFilter.Proxy.Review;

/// <summary>What a reviewer made of a record.</summary>
internal enum Disposition
{
    /// <summary>Nothing yet, or taken back.</summary>
    Open,

    /// <summary>The policy was right.</summary>
    Confirmed,

    /// <summary>Nothing was there, or it was harmless.</summary>
    FalsePositive,
}
