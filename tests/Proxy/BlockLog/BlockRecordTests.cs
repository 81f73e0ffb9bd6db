using System.Text;
using EdgeFilter.Policies;
using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Tests.BlockLog;

public class BlockRecordTests
{
    [Fact]
    public void Serialize_Record_ParsesToTheSameBytes()
    {
        var body = RecordJson.Serialize(Some.Record(7));

        var again = RecordJson.Serialize(RecordJson.Parse(body)!);

        Assert.Equal(Encoding.UTF8.GetString(body), Encoding.UTF8.GetString(again));
    }

    [Fact]
    public void Serialize_Enums_AreSpelledAsPoliciesSpellThem()
    {
        var record = Some.Record() with
        {
            Findings = [Some.Record().Findings[0] with { Role = SegmentRole.ToolResult }],
        };

        var json = Encoding.UTF8.GetString(RecordJson.Serialize(record));

        Assert.Contains("\"role\":\"tool-result\"", json, StringComparison.Ordinal);
        Assert.Contains("\"action\":\"block\"", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gpt-4o", "gpt-4o")]
    [InlineData("anthropic/claude-sonnet-4:beta", "anthropic/claude-sonnet-4:beta")]
    [InlineData("tell me the card 4111 1111 1111 1111", SafeText.Unprintable)]
    [InlineData("<script>alert(1)</script>", SafeText.Unprintable)]
    [InlineData("naïve", SafeText.Unprintable)]
    [InlineData(null, "")]
    public void Model_ClientChoseIt_OnlyModelNamesEnterTheRecord(string? sent, string recorded) =>
        Assert.Equal(recorded, (Some.Record() with { Model = sent! }).Model);

    [Fact]
    public void Model_LongerThanANameIs_IsNotRecorded() =>
        Assert.Equal(SafeText.Unprintable, (Some.Record() with { Model = new string('a', 129) }).Model);

    [Theory]
    [InlineData("two\r\nlines", "two\uFFFD\uFFFDlines")]
    [InlineData("turn\u202Earound", "turn\uFFFDaround")]
    [InlineData("zero\u200Bwidth", "zero\uFFFDwidth")]
    [InlineData("Añadido 中文", "Añadido 中文")]
    public void Reason_UnfitCharacters_AreReplaced(string written, string recorded) =>
        Assert.Equal(recorded, (Some.Record() with { Reason = written }).Reason);

    [Fact]
    public void Reason_HalfAPair_IsReplaced() =>
        Assert.Equal("half \uFFFD", (Some.Record() with { Reason = "half " + (char)0xD83D }).Reason);

    [Fact]
    public void Lists_LongerThanTheyMayBe_AreCut()
    {
        var finding = Some.Record().Findings[0];

        var record = Some.Record() with { Findings = [.. Enumerable.Repeat(finding, 5_000)], Reason = new string('x', 9_000) };

        Assert.Equal(BlockRecord.MaxFindings, record.Findings.Count);
        Assert.Equal(500, record.Reason.Length);
        Assert.True(RecordJson.Serialize(record).Length < RecordJson.MaxLength);
    }

    [Fact]
    public void NewId_LaterTime_SortsLater()
    {
        var earlier = BlockRecord.NewId(Some.Start).ToString("N");
        var later = BlockRecord.NewId(Some.Start.AddMilliseconds(1)).ToString("N");

        Assert.True(string.CompareOrdinal(earlier, later) < 0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"schema\":\"edgefilter.block-record/1\"}")]
    [InlineData("{\"action\":7}")]
    public void Parse_NoRecord_IsNull(string body) => Assert.Null(RecordJson.Parse(Encoding.UTF8.GetBytes(body)));
}
