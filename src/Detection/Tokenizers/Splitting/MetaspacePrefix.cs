namespace EdgeFilter.Detection.Tokenizers.Splitting;

/// <summary>Before which pieces a mark is put.</summary>
internal enum MetaspacePrefix
{
    Never,

    /// <summary>The piece at the beginning of the text.</summary>
    First,
    Always,
}
