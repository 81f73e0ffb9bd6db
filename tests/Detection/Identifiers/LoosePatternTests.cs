using EdgeFilter.Detection.Identifiers;
using EdgeFilter.Detection.Patterns;
using Xunit;

namespace EdgeFilter.Detection.Tests.Identifiers;

public class LoosePatternTests
{
    [Theory]
    [InlineData(@"\d{3}-?\d{2}", "1-2.3 4/5")]
    [InlineData(@"[12]\d{2}\d", "1 234")]
    [InlineData(@"(?:0[1-9]|1[0-2])\d{2}", "12-34")]
    [InlineData(@"[A-Z]{2}\d{3}", "AB1 2 3")]
    public void Of_Pattern_AllowsSeparatorsBetweenDigits(string pattern, string value)
    {
        Assert.True(LinearPattern.Parse(LoosePattern.Of(pattern)).Match(value, 0, out var length, out _));
        Assert.Equal(value.Length, length);
    }

    [Fact]
    public void Of_EveryCheckedPattern_StillMatchesWhatThePatternMatches()
    {
        using var data = EmbeddedData.Read("identifiers.json");
        foreach (var record in data.RootElement.EnumerateArray().Where(r => !r.TryGetProperty("reader", out _) && r.TryGetProperty("check", out _)))
        {
            var loose = LinearPattern.Parse(LoosePattern.Of(record.GetProperty("pattern").GetString()!), ignoreCase: true);
            foreach (var example in record.GetProperty("examples").EnumerateArray().Select(e => e.GetString()!))
            {
                Assert.True(loose.Match(example, 0, out var length, out _) && length >= example.Length, record.GetProperty("id").GetString());
            }
        }
    }
}
