using EdgeFilter.Detection.Catalog;
using EdgeFilter.Testing;
using Xunit;

namespace EdgeFilter.Detection.Tests.Catalog;

public class DetectorPageTests
{
    /// <summary>Set EDGEFILTER_WRITE_DOCS to write the page anew instead of comparing it.</summary>
    [Fact]
    public void DetectorsPage_IsThatOfTheCatalogue()
    {
        var path = Repository.PathOf("docs", "detectors.md");
        var page = DetectorPage.Write(BuiltInDetectors.CreateCatalog());
        if (Environment.GetEnvironmentVariable("EDGEFILTER_WRITE_DOCS") is not null)
        {
            File.WriteAllText(path, page);
        }

        Assert.Equal(page, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }
}
