using EdgeFilter.Policies.Validation;
using EdgeFilter.Testing;

namespace EdgeFilter.Policies.Tests.Validation;

public sealed class ProblemCatalogTests
{
    [Fact]
    public void All_Codes_AreUniqueAndWellFormed()
    {
        Assert.Equal(ProblemCatalog.All.Count, ProblemCatalog.All.Select(k => k.Code).Distinct().Count());
        Assert.All(ProblemCatalog.All, k => Assert.Matches("^POL[0-9]{3}$", k.Code));
    }

    [Fact]
    public void ToMarkdown_IsWhatTheRepositoryHolds()
    {
        if (Environment.GetEnvironmentVariable("EDGEFILTER_ACCEPT") == "1")
        {
            File.WriteAllText(Repository.PathOf("docs", "policy-errors.md"), ProblemCatalog.ToMarkdown());
        }

        Assert.Equal(ProblemCatalog.ToMarkdown(), File.ReadAllText(Repository.PathOf("docs", "policy-errors.md")));
    }
}
