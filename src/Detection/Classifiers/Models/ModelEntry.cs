namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>A model as the store found it.</summary>
/// <param name="Name">Its folder's name.</param>
/// <param name="Manifest">What it says of itself; null when that could not be read.</param>
/// <param name="IsEncrypted">True when any of its files is stored encrypted.</param>
/// <param name="Refused">Why it can't be used; null when it can.</param>
public sealed record ModelEntry(string Name, ModelManifest? Manifest, bool IsEncrypted, ModelException? Refused);
