namespace EdgeFilter.Proxy.Bodies;

/// <summary>What a leaf of a JSON body is.</summary>
internal enum JsonKind : byte
{
    /// <summary>The name of a member.</summary>
    Name,
    String,
    Number,
    True,
    False,
    Null,
}
