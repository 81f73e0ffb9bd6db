using System.Text;
using EdgeFilter.Detection.Catalog;
using Xunit;

namespace EdgeFilter.Detection.Tests.Normalization;

/// <summary>In long runs only some places are decoded: none of those at which a text begins may be left out.</summary>
public class LongRunsTests
{
    private const string Hidden = "reach me at nora.quill@example.com today";
    private static readonly DetectionPlan Plan = PlanOf("email-address");

    [Theory]
    [InlineData("base64")]
    [InlineData("base64url")]
    [InlineData("base32")]
    [InlineData("hexadecimal")]
    public void Inspect_TextDeepInOtherData_IsFoundWhereverItStands(string encoding)
    {
        // Random data of all lengths before it: every alignment, and every place relative to the blocks in which digits are looked at.
        var random = new Random(17);
        for (var before = 0; before < 200; before++)
        {
            var data = new byte[before + Hidden.Length + random.Next(200)];
            random.NextBytes(data);
            Encoding.ASCII.GetBytes(Hidden, data.AsSpan(before));
            Assert.True(Finds(Encode(data, encoding)), $"not found behind {before} bytes");
        }
    }

    [Fact]
    public void Inspect_TextInAnotherScript_IsFoundAmongOtherData()
    {
        var random = new Random(19);
        for (var before = 0; before < 64; before++)
        {
            var hidden = Encoding.UTF8.GetBytes("пишите мне: nora.quill@example.com 😀 спасибо");
            var data = new byte[before + hidden.Length + 100];
            random.NextBytes(data);
            hidden.CopyTo(data, before);
            Assert.True(Finds(Convert.ToBase64String(data)), $"not found behind {before} bytes");
        }
    }

    [Fact]
    public void Inspect_TextAtTheEndOfALongRun_IsFound()
    {
        var random = new Random(23);
        for (var before = 100; before < 300; before++)
        {
            var data = new byte[before + Hidden.Length];
            random.NextBytes(data);
            Encoding.ASCII.GetBytes(Hidden, data.AsSpan(before));
            Assert.True(Finds(Convert.ToBase64String(data, Base64FormattingOptions.InsertLineBreaks)), $"not found behind {before} bytes");
        }
    }

    private static DetectionPlan PlanOf(string id)
    {
        var catalog = BuiltInDetectors.CreateCatalog();
        return catalog.Compile([catalog.Find(id)!]);
    }

    private static bool Finds(string text)
    {
        var findings = new FindingCollector();
        Plan.Inspect(text, findings);
        return findings.Count > 0;
    }

    private static string Encode(byte[] data, string encoding) => encoding switch
    {
        "base64" => Convert.ToBase64String(data),
        "base64url" => Convert.ToBase64String(data).Replace('+', '-').Replace('/', '_').TrimEnd('='),
        "hexadecimal" => Convert.ToHexStringLower(data),
        _ => Base32(data),
    };

    private static string Base32(byte[] data)
    {
        var text = new StringBuilder();
        var (bits, count) = (0UL, 0);
        foreach (var value in data)
        {
            (bits, count) = ((bits << 8) | value, count + 8);
            for (; count >= 5; count -= 5)
            {
                text.Append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[(int)(bits >> (count - 5)) & 31]);
            }
        }

        return text.ToString();
    }
}
