using EdgeFilter.Detection.Secrets;
using EdgeFilter.Testing;

namespace EdgeFilter.Detection.Tests.Secrets;

public sealed class SecretFamilyTests
{
    private static readonly SecretFamily Family = new();
    private static readonly DetectionPlan Plan = new([Family.Compile([.. Family.Detectors])]);

    // Checked by a rule that a random value fails, or too wide for random values to look like real ones.
    private static readonly HashSet<string> NotRandom =
        ["jwt", "jwe", "jwt-base64", "basic-header", "pem-private-key", "bip39-seed", "github-pat", "github-oauth", "github-app-user", "npm-token", "github-app-server", "btc-wif", "bip32-xprv"];

    public static TheoryData<string> Types => [.. SecretType.ReadAll().Select(t => t.Info.Id)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Detect_RandomValueOfTheFormat_IsASecret(string id)
    {
        if (NotRandom.Contains(id))
        {
            Assert.Contains(Family.Detectors, d => d.Id == id);
            return;
        }

        var type = SecretType.ReadAll().Single(t => t.Info.Id == id);
        var samples = new PatternSamples(new Random(id.Length * 7919));
        var found = 0;
        const int Rounds = 20;
        for (var round = 0; round < Rounds; round++)
        {
            var value = samples.Next(type.Pattern.Source);
            if (type.Binding != SecretBinding.Keyword && !type.Literals.Any(l => value.Contains(l, StringComparison.OrdinalIgnoreCase)))
            {
                // The shape is a little wider than what its provider issues; the literals say what that is.
                found++;
                continue;
            }

            var text = type.Binding == SecretBinding.Keyword ? $"{type.Literals[0]}_key: {value} " : $"use {value} here";
            found += Find(text).Any(f => f.Confidence >= Confidence.WeakPattern) ? 1 : 0;
        }

        // A random value may by chance look like a placeholder or have little entropy.
        Assert.True(found >= Rounds - 3, $"{found} of {Rounds}");
    }

    [Theory]
    [InlineData("The token is used by the scheduler; its secret meaning: none.")]
    [InlineData("password: changeme")]
    [InlineData("API_KEY=<your-key>")]
    [InlineData("aws_access_key_id = AKIAIOSFODNN7EXAMPLE")]
    [InlineData("export TOKEN=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("password=${DB_PASSWORD}")]
    [InlineData("see https://user:password@example.com/path")]
    [InlineData("commit 3f786850e387550fdab836ed7e6dc881de23001b fixes the secret handling")]
    [InlineData("id 123e4567-e89b-12d3-a456-426614174000 authenticated at 2026-11-24T20:16:49Z")]
    [InlineData("curl -s -u https://example.com/")]
    public void Detect_PlaceholderOrProse_ReportsNothing(string text) =>
        Assert.DoesNotContain(Find(text), f => f.Level >= ConfidenceLevel.Likely);

    [Theory]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nMIIEow0123456789abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH\n-----END RSA PRIVATE KEY-----", 0, 0)]
    [InlineData(@"""key"": ""-----BEGIN PRIVATE KEY-----\nMIIEow0123456789abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH\n-----END PRIVATE KEY-----\n""", 8, 3)]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAA", 0, 0)]
    public void Detect_PrivateKey_IsOneSpan(string text, int start, int behind)
    {
        var finding = Assert.Single(Find(text), f => f.Detector.Id == "pem-private-key");
        Assert.Equal(TextSpan.FromBounds(start, text.Length - behind), finding.Span);
    }

    [Fact]
    public void Detect_Assignment_SpansTheValueAlone()
    {
        const string Text = "db password: \"Tr0ub4dor&3x\" ok";
        var finding = Assert.Single(Find(Text), f => f.Detector.Id == "generic-password");
        Assert.Equal("Tr0ub4dor&3x", Text.Substring(finding.Span.Start, finding.Span.Length));
    }

    [Fact]
    public void Compile_EachTypeAlone_SurvivesHostileText()
    {
        foreach (var detector in Family.Detectors)
        {
            var findings = new FindingCollector();
            var plan = new DetectionPlan([Family.Compile([detector])]);
            foreach (var text in (string[])["", "5", "eyJ====.eyJ", "eyJabcdefgh.eyJabcdefgh.", "Authorization: Basic ========", "-----BEGIN", new string('=', 300), "ghp_"])
            {
                plan.Inspect(text, findings);
            }
        }
    }

    [Fact]
    public void Law1_AnotherDetectorStillWaitsWhereTheValueBegins_ReportsItAll()
    {
        // Held by another detector from the value on, the label is judged before the value is.
        var catalog = EdgeFilter.Detection.Catalog.BuiltInDetectors.CreateCatalog();
        var all = catalog.Compile(catalog.Detectors);
        foreach (var text in (string[])["password: Tr0ub4dor&3x the invoice", "api_key=Zx81kQw27LmNp44TtRr9 ok", "Authorization: Bearer Zx81kQw27LmNp44TtRr9vB ok"])
        {
            StreamingLaw.CheckText(all, text);
        }
    }

    [Fact]
    public void Law1_EveryFormatAtEveryCut()
    {
        var samples = new PatternSamples(new Random(5));
        var seeds = SecretType.ReadAll()
            .Where(t => !t.IsPem)
            .Select(t => (t.Binding == SecretBinding.Keyword ? t.Literals[0] + "=" : "") + samples.Next(t.Pattern.Source))
            .Append("-----BEGIN PRIVATE KEY-----\nMIIEow0123456789abcdefghijklmnopqrstuvwxyz0123456789AB\n-----END PRIVATE KEY-----")
            .ToArray();
        StreamingLaw.Check(Plan, seeds, rounds: 150);
    }

    private static Finding[] Find(string text)
    {
        var findings = new FindingCollector();
        Plan.Inspect(text, findings);
        return findings.Findings.ToArray();
    }
}
