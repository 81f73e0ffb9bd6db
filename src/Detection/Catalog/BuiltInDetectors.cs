using EdgeFilter.Detection.Identifiers;
using EdgeFilter.Detection.Links;
using EdgeFilter.Detection.Normalization.Facts;
using EdgeFilter.Detection.Secrets;

namespace EdgeFilter.Detection.Catalog;

/// <summary>The detectors that come with the product.</summary>
public static class BuiltInDetectors
{
    /// <summary>Builds the catalogue of all of them. Costs a few tens of milliseconds: once per process.</summary>
    /// <param name="more">Families that come from elsewhere: those of the models, <c>ModelStore.Families</c>.</param>
    public static DetectorCatalog CreateCatalog(IEnumerable<IDetectorFamily>? more = null) => new(CreateFamilies().Concat(more ?? []));

    private static IDetectorFamily[] CreateFamilies() =>
    [
        new IdentifierFamily(),
        new LinkFamily(),
        new SecretFamily(),
        new TextFactFamily(),
    ];
}
