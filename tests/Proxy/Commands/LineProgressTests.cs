using EdgeFilter.Proxy.Commands;
using Xunit;

namespace EdgeFilter.Proxy.Tests.Commands;

public sealed class LineProgressTests
{
    [Theory]
    [InlineData(100L, "[###############...............]  50 %  7 lines, ")]
    [InlineData(null, "\r7 lines, ")]
    public void Report_HalfOfAFile_DrawsHalfABar(long? length, string expected)
    {
        var terminal = new StringWriter();
        using var input = new CountedStream(new MemoryStream(new byte[50]));
        Assert.Equal(50, input.Read(new byte[60]));
        var progress = new LineProgress(terminal, input, length);

        progress.Report(7);
        progress.Report(8);
        progress.End();

        Assert.Contains(expected, terminal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("8 lines", terminal.ToString(), StringComparison.Ordinal);
    }
}
