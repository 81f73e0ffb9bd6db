using EdgeFilter.Detection.Identifiers;
using Xunit;

namespace EdgeFilter.Detection.Tests.Identifiers;

public class ContextTests
{
    private static readonly DetectorCatalog Identifiers = new([new IdentifierFamily()]);

    [Theory]
    [InlineData("us-ssn", "My social security number is 710826693.")]
    [InlineData("us-ssn", "{\"socialSecurityNumber\": \"710826693\"}")]
    [InlineData("us-ssn", "social_security_number=710826693")]
    [InlineData("us-ssn", "710826693 is her SSN")]
    [InlineData("us-ssn", "SSN:\n  710826693")]
    [InlineData("uk-nhs", "nhs_number: 4778553802")]
    [InlineData("pt-nif", "O meu número de contribuinte é 111355362")]
    [InlineData("de-lanr", "Lebenslange Arztnummer (LANR): 302040403")]
    [InlineData("nl-bsn", "burgerservicenummer 392664100")]
    [InlineData("cn-resident-id", "身份证号310104196507143846")]
    [InlineData("il-id-number", "ת.ז. 537110256")]
    [InlineData("phone-number", "Tel. 030 1234567")]
    [InlineData("date-of-birth", "geboren am 12.03.1985 in Bonn")]
    [InlineData("age", "The patient is 47 years old.")]
    [InlineData("password", "the password is Fake-Pa55-4719!")]
    [InlineData("password", "the password is: Fake-Pa55-4719!")]
    [InlineData("password", "tool --user ann --password Fake-Pa55-4719 --quiet")]
    [InlineData("password", "\"db_password\": \"Fake-Pa55-4719\"")]
    [InlineData("swift-bic", "BIC: QXNKDEFF")]
    [InlineData("us-ssn", "social security no. 710826693")]
    [InlineData("de-tax-number", "Steuer-Nr. 2181508150")]
    [InlineData("de-tax-number", "Steuernr: 2181508150")]
    [InlineData("za-id-number", "ID no 8308011647087, please check")]
    [InlineData("uy-ci", "Mi cédula es 4.052.168-2")]
    [InlineData("il-id-number", "מספר תעודת הזהות שלי הוא 537110256")]
    [InlineData("eg-national-id", "رقمي القومي 29710240241966")]
    [InlineData("phone-number", "Ruf mich an: 0151 23456789")]
    [InlineData("phone-number", "appelez-moi au 06 12 34 56 78")]
    [InlineData("phone-number", "電話は090-1234-5678です")]
    [InlineData("phone-number", "Zadzwoń pod 601 234 567")]
    [InlineData("phone-number", "WhatsApp 0176 12345678")]
    public void Value_BesideItsWord_IsLikely(string id, string text) => Assert.True(LevelOf(id, text) >= ConfidenceLevel.Likely);

    [Theory]
    [InlineData("us-ssn", "Order 710826693 was sent.")]
    [InlineData("uk-nhs", "4778553802")]
    [InlineData("pt-nif", "Fatura 111355362 paga")]
    [InlineData("age", "There were 47 of them.")]
    [InlineData("il-id-number", "The id not found was 537110256")]
    [InlineData("phone-number", "Bitte prüfen Sie 51.47720, vielen Dank")]
    [InlineData("il-id-number", "537110256")]
    [InlineData("passport-number", "Part QX471928 is out of stock")]
    [InlineData("ca-sin", "Sin embargo, 970737896 es un número cualquiera")]
    public void Value_ThatMeansNothingAlone_IsNotReported(string id, string text) => Assert.Null(LevelOf(id, text));

    [Theory]
    [InlineData("us-ssn", "SSN 710826693 appendix", true)]
    [InlineData("us-ssn", "SSN 7108266931", false)]
    [InlineData("us-ssn", "SSN x710826693", false)]
    [InlineData("us-ssn", "SSN 1-710-82-6693", false)]
    [InlineData("us-ssn", "Boston, MA 02110-1301, social security office", false)]
    [InlineData("us-itin", "ITIN office, CA 90755-1234", false)]
    [InlineData("es-cif", "\\U0001049e\\U000104aa-\\U000104d4", false)]
    [InlineData("domain-name", "host: host.Services", false)]
    [InlineData("domain-name", "host: mx1.okafor.example", true)]
    [InlineData("credit-card", "ref 41111111111111112222", false)]
    [InlineData("credit-card", "card 4111 1111 1111 1111 exp 12/28", true)]
    [InlineData("credit-card", "card 4111 1111 1111 1111 12/28", true)]
    [InlineData("iban-code", "IBAN GB29 NNZK 4655 6811 7550 39 and more", true)]
    [InlineData("ip-address", "version 1.20.30.40", false)]
    [InlineData("ip-address", "from 203.0.113.47:8080", true)]
    [InlineData("ip-address", "oid 1.3.6.1.4.1.343", false)]
    [InlineData("ip-address", "std::vector a::b", false)]
    [InlineData("email-address", "Write to nora.quill@example.org.", true)]
    [InlineData("email-address", "sprite@2x.png", false)]
    [InlineData("email-address", "follow @nora_quill", false)]
    public void Value_InSurroundings_IsJudgedByItsEdges(string id, string text, bool expected) =>
        Assert.Equal(expected, LevelOf(id, text) >= ConfidenceLevel.Likely);

    [Fact]
    public void Inspect_ValueInSentence_ReportsExactlyTheValue()
    {
        var findings = new FindingCollector();
        Identifiers.Compile([Identifiers.Find("iban-code")!]).Inspect("Pay to GB29 NNZK 4655 6811 7550 39 and wait.", findings);
        Assert.Equal(new TextSpan(7, 27), findings.Findings[0].Span);
    }

    private static ConfidenceLevel? LevelOf(string id, string text)
    {
        var findings = new FindingCollector();
        Identifiers.Compile([Identifiers.Find(id)!]).Inspect(text, findings);
        return findings.Count == 0 ? null : findings.Findings.ToArray().Max(f => f.Level);
    }
}
