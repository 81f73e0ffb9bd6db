using EdgeFilter.Detection.Catalog;
using EdgeFilter.Testing;

namespace EdgeFilter.Detection.Tests.Identifiers;

/// <summary>Things of code, logs and documents that have the shape of an identifier or a key, and are none.</summary>
public sealed class LookAlikeTests
{
    private static readonly DetectorCatalog All = BuiltInDetectors.CreateCatalog();
    private static readonly DetectionPlan Everything = All.Compile(All.Detectors);

    [Theory]
    [InlineData("A row of a matrix", "[ 3.86814500615414  2.26812870852145  0.84113084123]")]
    [InlineData("A vector", "\"embedding\": [12.48212, 71.93341, -0.55121, 44.10021]")]
    [InlineData("A vector", "[-0.0213, 51.4772, -0.0014, 0.1199]")]
    [InlineData("A pair of parameters", "['beta', (2.3098496451481823, 0.62687954300963677)]")]
    [InlineData("A fingerprint", "\"fingerprint\": \"1f:51:ae:28:bf:89:e9:d8:1f:25:5d:37:2d:7d:b8:ca:9f:f5:f1:6f\"")]
    [InlineData("A commit", "<repository type=\"git\" url=\"https://github.com/dotnet/runtime\" commit=\"4822e3c3aa77eb82b2fb33c9321f923cf11ddde6\" />")]
    [InlineData("A commit", "github.com/aaubry/YamlDotNet/blob/ae480660f4fb26f3eb0b41c1d1fcf21c0e9d9e73/README.md")]
    [InlineData("A health check", "aws route53 get-health-check --health-check-id 02ec8401-9879-4259-91fa-04e66d094674")]
    [InlineData("A call", "self.a = np.array(list(zip(np.arange(10), np.arange(50, 60))))")]
    [InlineData("Years", "call for papers, Copyright 2014-2025 SourceGear")]
    [InlineData("A vulnerability", "security issues CVE-2022-41903 and CVE-2022-23521, fixes since")]
    [InlineData("Object identifiers", "ext_key_usage: [ '1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2' ], serial")]
    [InlineData("A call", "var password = authority[(colon + 1)..at];")]
    [InlineData("A call", "const authentication = tslib_1.__classPrivateFieldGet(this, _OpenAI_x)")]
    [InlineData("An import", "x509_workload_identity_auth_1 = require(\"./internal/auth/x509-workload-identity-auth.js\");")]
    [InlineData("File names", "fpcsrc/compiler/jvm/cpuinfo.pas fpcsrc/compiler/m68k/cpuinfo.pas")]
    [InlineData("A law", "The Registration of Persons Act No.32 of 1968 as amended by Act")]
    [InlineData("A parameter", "@param handler Target PRC handler. @param request_body")]
    [InlineData("A log line", "{\"createdAt\":\"2021-12-09T18:31:11Z\",\"id\":\"1efea953-c2d6-4790-aa0a-69db8c87df97\",\"took\":1834}")]
    [InlineData("A resource", "role arn:aws:iam::867139942017:role/service-role/Comprehend")]
    public void Inspect_LookAlike_NothingIsLikely(string what, string text)
    {
        var findings = new FindingCollector();
        Everything.Inspect(text, findings);
        var likely = findings.Findings.ToArray().Where(f => f.Level >= ConfidenceLevel.Likely && f.Entity is not ("URL" or "DOMAIN_NAME" or "UUID"));
        Assert.True(!likely.Any(), $"{what}: {string.Join(", ", likely.Select(f => f.Detector.Id))}");
        StreamingLaw.CheckText(Everything, text);
    }

    [Theory]
    [InlineData("GPS_COORDINATES", "meet at 51.47720, -0.00146 tonight")]
    [InlineData("GPS_COORDINATES", "lat/lon 2.30984 0.62687")]
    [InlineData("GPS_COORDINATES", "[[48.85837, 2.29448], [40.68925, -74.04450]]")]
    [InlineData("MAC_ADDRESS", "mac 3C:5A:B4:17:9E:0A up")]
    [InlineData("DATE_TIME", "The patient was admitted on 2025-11-03 at noon")]
    [InlineData("US_ZIP", "{\"city\":\"Seattle\",\"zip\":\"98101\"}")]
    [InlineData("SECRET", "github_token = 9fc2a1774c01b5d2e68a3390f7cc21bd04e5a6f7")]
    [InlineData("SECRET", "password = Passw0rd(2024)")]
    public void Inspect_TheRealThing_IsFound(string entity, string text)
    {
        var findings = new FindingCollector();
        Everything.Inspect(text, findings);
        Assert.Contains(findings.Findings.ToArray(), f => f.Level >= ConfidenceLevel.Likely && f.Entity == entity);
        StreamingLaw.CheckText(Everything, text + " | " + text);
    }
}
