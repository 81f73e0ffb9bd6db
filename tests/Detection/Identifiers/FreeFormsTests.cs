using EdgeFilter.Detection.Catalog;
using EdgeFilter.Testing;

namespace EdgeFilter.Detection.Tests.Identifiers;

/// <summary>Values as people write them beside a word that says what they are: without the country's letters, a group or a separator.</summary>
public sealed class FreeFormsTests
{
    private static readonly DetectionPlan Everything = All();

    [Theory]
    [InlineData("AT_VAT", "UID: U13585627")]
    [InlineData("DE_VAT_ID", "USt-IdNr. 136695976")]
    [InlineData("EE_VAT", "KMKR 100931558")]
    [InlineData("FR_VAT", "n° TVA 40 303 265 045")]
    [InlineData("IE_VAT", "VAT no 8D79739I")]
    [InlineData("LT_VAT", "PVM kodas 100001919017")]
    [InlineData("LU_VAT", "numéro TVA 150 274 42")]
    [InlineData("LV_VAT", "PVN numurs 4000 3521 600")]
    [InlineData("MC_VAT", "numéro de TVA 53 0000 04605")]
    [InlineData("MT_VAT", "VAT number 1167-9112")]
    [InlineData("NL_VAT", "btw-nummer 004495445B01")]
    [InlineData("SK_VAT", "IČ DPH 202 274 96 19")]
    [InlineData("UK_VAT", "VAT number 340804329")]
    [InlineData("BE_VAT", "TVA (0)403019261")]
    [InlineData("CZ_VAT", "DIČ 25123891")]
    [InlineData("ES_CIF", "NIF ES B-58378431")]
    [InlineData("AR_DNI", "DNI: 20.123.456")]
    [InlineData("NL_BSN", "BSN 40645678")]
    [InlineData("UK_NINO", "national insurance number HH 01 23 45")]
    [InlineData("VN_MST", "mã số thuế 0314409058002")]
    [InlineData("DZ_NIF", "NIF 000 216 001 808 337 13010")]
    [InlineData("PHONE_NUMBER", "phone 012-345 6789")]
    [InlineData("PHONE_NUMBER", "call +683 7012 today")]
    [InlineData("PHONE_NUMBER", "tel (+442079460812)")]
    [InlineData("PHONE_NUMBER", "our office (+49 30 901820) is open")]
    [InlineData("PHONE_NUMBER", "Tel. (030 901820)")]
    [InlineData("DE_TAX_ID", "idnr 39945287102")]
    [InlineData("DE_TAX_NUMBER", "stnr 18 391 52635")]
    [InlineData("PH_PHILSYS", "philsys 5815-5125-5397-0261")]
    [InlineData("MX_RFC", "RFC: Ñ&K130705QD3")]
    [InlineData("MX_RFC", "rfc ab&850612ht9 del cliente")]
    [InlineData("ES_LICENSE_PLATE", "the license plate is 9470DLY as agreed")]
    [InlineData("IL_COMPANY_NUMBER", "company number 594321739 as agreed")]
    [InlineData("NZ_BANK_ACCOUNT", "bank account: 06-153-0213453-00")]
    public void Inspect_BesideAWord_IsFound(string entity, string text)
    {
        Assert.Contains(entity, EntitiesIn(text));
        StreamingLaw.CheckText(Everything, text + ", " + text);
    }

    [Theory]
    [InlineData("DE_VAT_ID", "USt-IdNr. 136695977")]
    [InlineData("NL_VAT", "btw-nummer 004495446B01")]
    [InlineData("FR_VAT", "n° TVA 41 303 265 045")]
    [InlineData("NL_BSN", "BSN 40645679")]
    [InlineData("DE_VAT_ID", "136695976")]
    [InlineData("AT_VAT", "U13585627")]
    [InlineData("UK_NINO", "HH012345")]
    [InlineData("RO_CUI", "CIF: 185 472 91")]
    [InlineData("FI_PERSONAL_IDENTITY_CODE", "hetu 310270-308L")]
    [InlineData("NO_FODSELSNUMMER", "fødselsnummer 12064560083")]
    [InlineData("UK_UPN", "UPN W007314925608")]
    public void Inspect_WrongDigitOrNoWord_IsNotFound(string entity, string text) => Assert.DoesNotContain(entity, EntitiesIn(text));

    [Fact]
    public void Inspect_ValueBehindARowNumber_IsFound() => Assert.Contains("PT_NIF", EntitiesIn("NIF\n12 501964843"));

    [Theory]
    [InlineData("FR26 3047 1012 8500 0123 45Z7 120", ConfidenceLevel.Certain)]
    [InlineData("BE44 5390 1234 7511", ConfidenceLevel.Likely)]
    public void Inspect_Iban_IsCertainWithTheDigitsOfItsAccountAlone(string iban, ConfidenceLevel expected)
    {
        var findings = new FindingCollector();
        Everything.Inspect("IBAN: " + iban, findings);

        Assert.Equal(expected, findings.Findings.ToArray().Single(f => f.Entity == "IBAN_CODE").Level);
    }

    private static string[] EntitiesIn(string text)
    {
        var findings = new FindingCollector();
        Everything.Inspect(text, findings);
        return [.. findings.Findings.ToArray().Where(f => f.Level >= ConfidenceLevel.Likely).Select(f => f.Entity)];
    }

    private static DetectionPlan All()
    {
        var catalog = BuiltInDetectors.CreateCatalog();
        return catalog.Compile(catalog.Detectors);
    }
}
