namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>A file of the model's folder. The digest and size are of the plain file, also where it is stored encrypted.</summary>
public sealed record ModelFile(string Name, string Sha256, long Bytes);
