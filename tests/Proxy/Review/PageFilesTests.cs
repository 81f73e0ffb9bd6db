using System.Text.RegularExpressions;
using EdgeFilter.Testing;

namespace EdgeFilter.Proxy.Tests.Review;

/// <summary>The pages keep to what their own security policy allows.</summary>
public partial class PageFilesTests
{
    public static TheoryData<string> Pages =>
        [.. Directory.GetFiles(Repository.PathOf("src", "Proxy", "Review", "Pages")).Select(Path.GetFileName).OfType<string>()];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Page_Source_AsksNothingOfOtherSitesAndParsesNoMarkup(string name)
    {
        var source = File.ReadAllText(Repository.PathOf("src", "Proxy", "Review", "Pages", name))
            .Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);

        Assert.DoesNotMatch(Elsewhere(), source);
        Assert.DoesNotMatch(Markup(), source);
    }

    [Fact]
    public void Page_Html_HasNoScriptOrStyleOfItsOwn()
    {
        var html = File.ReadAllText(Repository.PathOf("src", "Proxy", "Review", "Pages", "index.html"));

        Assert.DoesNotMatch(Inline(), html);
    }

    [GeneratedRegex("""https?://|["'(]//""")]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc")]
    private static partial Regex Markup();

    [GeneratedRegex(@"<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=")]
    private static partial Regex Inline();
}
