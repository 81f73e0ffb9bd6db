namespace EdgeFilter.Policies.Decisions;

/// <summary>A part of a message that nobody reads here. Holds no content.</summary>
/// <param name="Kind">Why it isn't read.</param>
/// <param name="Size">Bytes, or numbers; -1 when that can't be told.</param>
/// <param name="MediaType">In lower case; null when it can't be told.</param>
public readonly record struct UninspectedPart(CoverageKind Kind, long Size = -1, string? MediaType = null)
{
    /// <summary>True for media of which not even the kind is known.</summary>
    public bool IsAnyMedia { get; init; }

    /// <summary>True for images, sound, moving pictures and other files.</summary>
    public static bool IsMedia(CoverageKind kind) => kind is CoverageKind.Image or CoverageKind.Audio or CoverageKind.Video or CoverageKind.File;
}
