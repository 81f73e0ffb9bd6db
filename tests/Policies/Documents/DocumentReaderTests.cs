using System.Text;
using EdgeFilter.Policies.Combining;
using EdgeFilter.Policies.Validation;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeFilter.Policies.Tests.Documents;

public sealed class DocumentReaderTests
{
    private const string Sound = """
        policy: demo
        version: 2026.1.0
        rules:
          - id: cards
            in: [prompt]
            find: { entities: [CREDIT_CARD] }
            then: redact

        """;

    [Fact]
    public void Read_ByteOrderMark_IsNoMistake()
    {
        Assert.NotNull(Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Sound)]).Set);
    }

    [Fact]
    public void Read_WindowsLineEnds_AreNoMistake()
    {
        Assert.NotNull(Read(Encoding.UTF8.GetBytes(Sound.ReplaceLineEndings("\r\n"))).Set);
    }

    [Fact]
    public void Read_InvalidUtf8_NamesTheByte()
    {
        var problem = Assert.Single(Read([.. "policy: d"u8, 0xFF, .. "\n"u8]).Problems);
        Assert.Equal("p.yaml:1:10: POL003: the byte 0xFF here is not valid UTF-8; save the file as UTF-8.", problem.ToString());
    }

    [Theory]
    [InlineData("policy: a\0\nversion: 1.0.0\n", "POL004")]
    [InlineData("policy: a\u202Eb\nversion: 1.0.0\n", "POL004")]
    [InlineData("policy: a\u2028version: 1.0.0\n", "POL004")]
    public void Read_HiddenCharacter_IsRefused(string text, string code)
    {
        Assert.Equal(code, Assert.Single(Read(Encoding.UTF8.GetBytes(text)).Problems).Kind.Code);
    }

    [Fact]
    public void Read_Utf16_IsRefused()
    {
        Assert.Equal("POL003", Assert.Single(Read(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Sound)).ToArray()).Problems).Kind.Code);
    }

    [Fact]
    public void Read_MoreThanAMebibyte_IsRefused()
    {
        Assert.Equal("POL002", Assert.Single(Read(new byte[(1 << 20) + 1]).Problems).Kind.Code);
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    [InlineData('-')]
    [InlineData('&')]
    [InlineData('*')]
    [InlineData('"')]
    [InlineData('?')]
    [InlineData('|')]
    [InlineData('!')]
    [InlineData('%')]
    public void Read_AMebibyteOfOneCharacter_EndsQuickly(char c)
    {
        var started = System.Diagnostics.Stopwatch.StartNew();
        var reading = Read(Encoding.ASCII.GetBytes(new string(c, 1 << 20)));
        Assert.Null(reading.Set);
        Assert.True(started.Elapsed < TimeSpan.FromSeconds(10), $"{started.Elapsed}");
    }

    [Fact]
    public void Read_AnyBytes_NeverThrows()
    {
        var bytes = ArbMap.Default.ArbFor<byte[]>();
        Prop.ForAll(bytes, b => Read(b ?? []) is not null).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Read_SoundDocumentWithAnyCharacterReplaced_NeverThrows()
    {
        foreach (var c in "\t:-[]{}&*!|>'\"%@`#,?\0\n ~\uFEFF")
        {
            for (var i = 0; i < Sound.Length; i++)
            {
                var changed = Sound.ToCharArray();
                changed[i] = c;
                Assert.NotNull(Read(Encoding.UTF8.GetBytes(changed)));
            }
        }
    }

    [Fact]
    public void Digest_LayoutOrderAndTests_DoNotCount()
    {
        var other = """
            # A comment.
            version: "2026.1.0"
            policy: demo
            rules: [ { then: redact, id: cards, in: [ prompt ], find: { entities: [ "CREDIT_CARD" ] } } ]
            tests:
              - { name: none, prompt: hello, expect: allow }
            """;
        Assert.Equal(Some.Set(Sound).Digest, Some.Set(other).Digest);
    }

    [Fact]
    public void Digest_AnyOtherChange_Counts()
    {
        Assert.NotEqual(Some.Set(Sound).Digest, Some.Set(Sound.Replace("redact", "mask", StringComparison.Ordinal)).Digest);
    }

    private static PolicyReading Read(byte[] bytes) =>
        new PolicySetReader(Some.Scope()).Read([new SourceFile("p.yaml", bytes)]);
}
