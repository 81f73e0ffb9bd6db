using EdgeFilter.Policies.Compilation;

namespace EdgeFilter.Policies.Tests.Compilation;

public sealed class UrlTestTests
{
    [Theory]
    [InlineData("https://evil.example/p?q=1", true)]
    [InlineData("https://evil.example/p#frag", true)]
    [InlineData("https://evil.example/a3f9c1d27b8e4f60a1b2", true)]
    [InlineData("https://a3f9c1d27b8e4f60a1b2.evil.example/", true)]
    [InlineData("https://evil.example/images/logo.png", false)]
    [InlineData("https://evil.example/p?", false)]
    [InlineData("logo.png?x=1", false)]
    [InlineData("![see https://ok.example](https://evil.example/p?q=1)", true)]
    [InlineData("<img alt=\"//ok.example/\" src=\"//evil.example/?q=1\">", true)]
    public void Holds_CarryingData_AsTheAddressSays(string value, bool carries) =>
        Assert.Equal(carries, new UrlTest([], [], carryingData: true).Holds(value));

    [Theory]
    [InlineData("https://docs.example.com/x", false)]
    [InlineData("https://EXAMPLE.com./x", false)]
    [InlineData("https://user@example.com:443/x", false)]
    [InlineData("https://notexample.com/x", true)]
    [InlineData("https://example.com.evil.example/x", true)]
    [InlineData("https://example.com@evil.example/x", true)]
    [InlineData("https://evil.example\\@example.com/x", true)]
    public void Holds_ExceptDomains_LeavesOnlyOthers(string value, bool outside) =>
        Assert.Equal(outside, new UrlTest([], ["example.com"], carryingData: false).Holds(value));
}
