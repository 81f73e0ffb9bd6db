using System.Text.RegularExpressions;
using EdgeFilter.Detection.Patterns;

namespace EdgeFilter.Detection.Tests.Patterns;

public sealed class LinearPatternTests
{
    public static TheoryData<string> Patterns => new()
    {
        @"abc", @"a+b", @"[a-c]{2,4}", @"(?:ab|a)c?", @"x(?:a|b){0,3}y", @"\d{3}-\d{2}", @"(?i)Ab[c-d]", @"a?b?c?", @"[^ab]+c",
        @"\w+@\w+\.(?:com|de)", @"(?:a{1,3}b){2}", @".b.", @"a|bc|bcd", @"[\d.]+", @"\x61\u0062",
    };

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Match_RandomText_IsTheLongestThatTheFrameworkFinds(string pattern)
    {
        var ours = LinearPattern.Parse(pattern);
        var random = new Random(7);
        for (var round = 0; round < 3_000; round++)
        {
            var text = RandomText(random, 12);
            var start = random.Next(text.Length + 1);
            var expected = -1;
            for (var end = text.Length; end >= start && expected < 0; end--)
            {
                if (Regex.IsMatch(text[start..end], $@"\A(?:{pattern})\z", RegexOptions.ECMAScript & RegexOptions.None))
                {
                    expected = end - start;
                }
            }

            ours.Match(text, start, out var length, out _);
            Assert.Equal(expected, length);
        }
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Match_TextEnds_SaysAliveExactlyWhenSomeContinuationGrowsTheMatch(string pattern)
    {
        var ours = LinearPattern.Parse(pattern);
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            var text = RandomText(random, 6);
            ours.Match(text, 0, out var length, out var alive);
            if (alive)
            {
                continue;
            }

            for (var more = 0; more < 60; more++)
            {
                ours.Match(text + RandomText(random, 8), 0, out var longer, out _);
                Assert.Equal(length, longer);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void TryFind_RandomText_FindsAMatchExactlyWhenTheFrameworkDoes(string pattern)
    {
        var ours = LinearPattern.Parse(pattern);
        var random = new Random(13);
        for (var round = 0; round < 2_000; round++)
        {
            var text = RandomText(random, 16);
            var theirs = Regex.Matches(text, pattern).Any(m => m.Length > 0);
            var found = ours.TryFind(text, 0, out var start, out var length);
            Assert.Equal(theirs, found);
            if (found)
            {
                Assert.Matches($@"\A(?:{pattern})\z", text.Substring(start, length));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void EarliestOpen_AnyText_NoEarlierBeginningIsAlive(string pattern)
    {
        var ours = LinearPattern.Parse(pattern);
        var random = new Random(17);
        for (var round = 0; round < 1_000; round++)
        {
            var text = RandomText(random, 10);
            var expected = text.Length;
            for (var start = text.Length - 1; start >= 0; start--)
            {
                ours.Match(text, start, out _, out var alive);
                expected = alive ? start : expected;
            }

            Assert.Equal(expected, ours.EarliestOpen(text, 0));
        }
    }

    [Theory]
    [InlineData("a(?=b)")]
    [InlineData(@"(a)\1")]
    [InlineData("^a")]
    [InlineData("a[b")]
    [InlineData("(a")]
    [InlineData("a)")]
    [InlineData("*a")]
    [InlineData("a{3,2}")]
    [InlineData(@"\p{L}")]
    [InlineData("a{9999}{9999}")]
    public void Parse_NotLinearOrWrong_SaysWhy(string pattern)
    {
        var error = Assert.Throws<PatternException>(() => LinearPattern.Parse(pattern));
        Assert.NotEmpty(error.Message);
    }

    [Fact]
    public void TryFind_PatternThatBacktracksElsewhere_TakesLinearTime()
    {
        var pattern = LinearPattern.Parse("(?:a|aa)+b");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.False(pattern.TryFind(new string('a', 1_000_000), 0, out _, out _));
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed}");
    }

    private static string RandomText(Random random, int longest)
    {
        const string Alphabet = "aabbccddxy0123.-@ Ab";
        return string.Create(random.Next(longest + 1), random, static (span, r) =>
        {
            foreach (ref var c in span)
            {
                c = Alphabet[r.Next(Alphabet.Length)];
            }
        });
    }
}
