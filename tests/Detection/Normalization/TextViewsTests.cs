using EdgeFilter.Testing;

namespace EdgeFilter.Detection.Tests.Normalization;

public sealed class TextViewsTests
{
    private static readonly string[] Values = ["4111111111111111", "jane.doe@example.com", "ghp_abcdef0123456789"];

    public static TheoryData<string> EvasionNames => [.. Evasions.All.Append(Evasions.Rot13).Select(e => e.Name)];

    [Theory]
    [MemberData(nameof(EvasionNames))]
    public void Inspect_DisguisedValue_IsFoundWhereItStands(string name)
    {
        var evasion = Evasions.All.Append(Evasions.Rot13).Single(e => e.Name == name);
        var missed = new List<string>();
        foreach (var value in Values)
        {
            var disguised = evasion.Apply(value);
            if (name == "rot13" && char.IsAsciiDigit(value[0]))
            {
                continue;
            }

            var text = $"Please use {disguised} for the payment.";
            var found = Find(text);
            var wanted = new TextSpan("Please use ".Length, disguised.Length);
            if (!found.Any(f => f.Span == wanted))
            {
                missed.Add($"{value} as {disguised}: {string.Join(", ", found)}");
            }
        }

        Assert.Empty(missed);
    }

    [Theory]
    [InlineData("The quick brown fox jumps over the lazy dog; responsibilities and internationalisation follow.")]
    [InlineData("Größe, l'été, señor, façade — “quoted” text … and € signs.")]
    [InlineData("Привет, мир! Это обычный текст без подвоха.")]
    [InlineData("東京都は日本の首都です。「こんにちは」、世界！")]
    public void Inspect_OrdinaryProse_FindsNothing(string text) => Assert.Empty(Find(text));

    [Fact]
    public void Inspect_Picture_FindsNothing()
    {
        var bytes = new byte[60_000];
        new Random(7).NextBytes(bytes);

        Assert.Empty(Find("data:image/png;base64," + Convert.ToBase64String(bytes)));
    }

    private static Finding[] Find(string text)
    {
        var findings = new FindingCollector();
        SampleRecognisers.Plan.Inspect(text, findings);
        return findings.Findings.ToArray();
    }
}
