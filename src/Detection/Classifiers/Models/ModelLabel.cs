namespace EdgeFilter.Detection.Classifiers.Models;

/// <summary>A label and the bars that policies may name for it.</summary>
/// <param name="Label">As policies write it.</param>
/// <param name="Thresholds">By name: <c>strict</c>, <c>balanced</c>, <c>permissive</c>.</param>
public sealed record ModelLabel(string Label, IReadOnlyDictionary<string, NamedThreshold> Thresholds);
