using EdgeFilter.Detection.Normalization;
using Xunit;

namespace EdgeFilter.Detection.Tests.Normalization;

public class TextScanTests
{
    [Fact]
    public void Scan_WhatReadsDifferently_IsSeenWhereverItStands()
    {
        for (var offset = 0; offset < 200; offset++)
        {
            var before = string.Concat(Enumerable.Repeat("some ", offset))[..offset];
            Assert.True(TextScan.Scan(before + " aGVsbG8gd29 is it").FirstRun is var run && run >= offset && run <= offset + 1, $"run at {offset}");
            Assert.Equal(offset + 1, TextScan.FirstRun(before + " aGVsbG8gd29 is it"));
            Assert.Equal(offset, TextScan.Scan(before + "%41 is it").FirstEscape);
            Assert.Equal(offset, TextScan.Scan(before + "\u0007 is it").FirstEscape);
            Assert.InRange(TextScan.Scan(before + " a b c is it").FirstSeparated, Math.Max(0, offset - 16), offset + 1);
            Assert.InRange(TextScan.Scan(before + " p-a-s-s ").FirstSeparated, Math.Max(0, offset - 16), offset + 1);
            Assert.True(TextScan.Scan(before + "é").NotAscii);
        }
    }

    [Fact]
    public void Scan_SeparatedAtTheVeryEnd_IsSeen()
    {
        for (var length = 0; length < 130; length++)
        {
            Assert.True(TextScan.Scan(new string('.', length) + " 1 2 3").FirstSeparated >= 0, $"behind {length}");
        }
    }

    [Theory]
    [InlineData("The quick brown fox jumps over the lazy dog; internationalisation follows.")]
    [InlineData("50 % of 3 & 4, C:\\ and a path")]
    [InlineData("")]
    public void Scan_OrdinaryText_SeesNothing(string text)
    {
        Assert.False(TextScan.Scan(text).Any);
        Assert.Equal(-1, TextScan.FirstRun(text));
    }
}
