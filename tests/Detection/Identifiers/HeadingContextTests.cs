using System.Globalization;
using EdgeFilter.Detection.Catalog;
using EdgeFilter.Testing;

namespace EdgeFilter.Detection.Tests.Identifiers;

/// <summary>What a column, a list or an array is called counts for all its values, however far below.</summary>
public sealed class HeadingContextTests
{
    private const string Value = "710826693";
    private static readonly DetectionPlan Everything = BuiltInDetectors.CreateCatalog() is var catalog ? catalog.Compile(catalog.Detectors) : throw new InvalidOperationException();

    public static TheoryData<string, string> Below => new()
    {
        { "CSV", "name,city,ssn\n" + Rows("{0},Springfield,\n") + "Ann,Shelbyville," + Value + "\n" },
        { "CSV, first column", "SSN,name\n" + Rows("000,Ann {0}\n") + Value + ",Bob\n" },
        { "CSV with quotes and blanks", "\"name\", \"SSN\"\n" + Rows("\"Ann, {0}\", \"\"\n") + "\"Bob\", \"" + Value + "\"\n" },
        { "semicolons", "Name;SSN;Ort\r\n" + Rows("Ann;{0};Ulm\r\n") + "Bob;" + Value + ";Ulm\r\n" },
        { "tabs", "name\tSSN\n" + Rows("Ann\t{0}\n") + "Bob\t" + Value + "\n" },
        { "Markdown", "| name | SSN |\n|---|---|\n" + Rows("| Ann | {0} |\n") + "| Bob | " + Value + " |\n" },
        { "array", "{{\"social_security_numbers\": [" + Rows("\"{0}\", ") + "\"" + Value + "\"]}}" },
        { "array over lines", "\"ssn\": [\n" + Rows("  \"{0}\",\n") + "  \"" + Value + "\"\n]" },
        { "list", "Their SSNs:\n\n" + Rows("- {0}\n") + "- " + Value + "\n" },
        { "YAML", "ssn:\n" + Rows("  - {0}\n") + "  - " + Value + "\n" },
    };

    public static TheoryData<string, string> Elsewhere => new()
    {
        { "another column", "name,ssn,order\n" + Rows("Ann,,{0}\n") + "Bob,," + Value + "\n" },
        { "behind the table", "name,ssn\n" + Rows("Ann,{0}\n") + "\nAnd so it goes on for a while, and the order was 1," + Value + "\n" },
        { "a key further out", "{\"ssn\": [" + Rows("\"{0}\", ") + "{\"orders\": [\"" + Value + "\"]}]}" },
        { "behind the array", "{\"ssn\": [" + Rows("\"{0}\", ") + "\"1\"], \"order\": [\"" + Value + "\"]}" },
        { "behind the list", "Their SSN:\n" + Rows("- {0}\n") + "\nThe orders of that day were many indeed\n- " + Value + "\n" },
    };

    [Theory]
    [MemberData(nameof(Below))]
    public void Inspect_BelowItsHeading_IsFound(string where, string text)
    {
        Assert.True(Finds(text), where);
        StreamingLaw.CheckText(Everything, text);
    }

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public void Inspect_BelowAnotherHeading_IsNotFound(string where, string text)
    {
        Assert.False(Finds(text), where);
        StreamingLaw.CheckText(Everything, text);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Stream_TablesListsAndArraysOfChance_EqualsWholeText(int seed)
    {
        string[] pieces = ["ssn", "name", "age", "BSN", Value, "392664100", "47", "GB ", ",", ",", ";", "\t", "|", "\n", "\n", "\n\n", "\"", "[", "]", "{", "}", ": ", ":\n", "- ", "* ", "1. ", " ", "x"];
        var random = new Random(seed);
        for (var round = 0; round < 40; round++)
        {
            StreamingLaw.CheckText(Everything, string.Concat(Enumerable.Range(0, 60).Select(_ => pieces[random.Next(pieces.Length)])), round);
        }
    }

    private static bool Finds(string text)
    {
        var findings = new FindingCollector();
        Everything.Inspect(text, findings);
        return findings.Findings.ToArray().Any(f => f.Entity == "US_SSN" && f.Level >= ConfidenceLevel.Likely);
    }

    // So many that no word of the heading stands near the value.
    private static string Rows(string row) => string.Concat(Enumerable.Range(100, 12).Select(i => string.Format(CultureInfo.InvariantCulture, row, i)));
}
