using EdgeFilter.Policies.Selection;

namespace EdgeFilter.Policies.Tests.Selection;

public sealed class RegionsTests
{
    [Theory]
    [InlineData("EU", "DE", true)]
    [InlineData("EU", "EU", true)]
    [InlineData("EEA", "NO", true)]
    [InlineData("EEA", "EU", true)]
    [InlineData("EU", "NO", false)]
    [InlineData("EU", "CH", false)]
    [InlineData("US", "US-CA", true)]
    [InlineData("US-CA", "US", false)]
    [InlineData("US-CA", "US-NY", false)]
    [InlineData("GB", "UK", true)]
    [InlineData("EU", "EL", true)]
    [InlineData("DE", "EU", false)]
    [InlineData("EU", "", false)]
    [InlineData("x-plant", "x-plant", true)]
    [InlineData("EU", "de", true)]
    public void Contains_RegionAndPlace_AsTheMapSays(string region, string place, bool contained) =>
        Assert.Equal(contained, Regions.Contains(region, place));

    [Theory]
    [InlineData("EU", true)]
    [InlineData("US-CA", true)]
    [InlineData("x-anything", true)]
    [InlineData("x-", false)]
    [InlineData("de", false)]
    [InlineData("ZZ", false)]
    [InlineData("US-", false)]
    [InlineData("ZZ-CA", false)]
    [InlineData("", false)]
    public void IsKnown_Region_AsIsoSays(string region, bool known) => Assert.Equal(known, Regions.IsKnown(region));
}
