namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>Windows over long texts, in UTF-16 code units.</summary>
public sealed record ModelWindow(int Length, int Overlap);
