using EdgeFilter.Policies.Compilation;

namespace EdgeFilter.Policies.Tests.Compilation;

public sealed class ValueListTestTests
{
    private static readonly ValueListTest List = new(["4111 1111 1111 1111", "*@example.com"]);

    [Theory]
    [InlineData("4111111111111111", true)]
    [InlineData("4111-1111-1111-1111", true)]
    [InlineData("41111111111111112", false)]
    [InlineData("Jo@Example.com", true)]
    [InlineData("jo@example.com.evil", false)]
    [InlineData("", false)]
    public void Holds_Value_ComparesWhatCounts(string value, bool holds) => Assert.Equal(holds, List.Holds(value));

    [Fact]
    public void Holds_LongValue_IsNoMatch() => Assert.False(List.Holds(new string('4', 100_000)));
}
