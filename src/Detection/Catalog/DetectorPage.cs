using System.Globalization;
using System.Text;

namespace EdgeFilter.Detection.Catalog;

/// <summary>Writes the catalogue as the page that <c>docs/detectors.md</c> is.</summary>
public static class DetectorPage
{
    /// <summary>The whole page, in Markdown; the same for the same catalogue.</summary>
    public static string Write(DetectorCatalog catalog)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"""
            # Detectors

            Written from the catalogue: change the detectors, not this page. The test that compares the two writes it anew when
            `EDGEFILTER_WRITE_DOCS` is set; `edgefilter detectors` lists the same in a terminal.

            {catalog.Detectors.Count} detectors of {catalog.Detectors.Select(d => d.Entity).Distinct(StringComparer.Ordinal).Count()} entities. A policy asks for
            entities (`entities: [ES_NIF]`) or for one detector (`detectors: [github-pat]`); aliases stand for the entity.

            ## What a confidence means

            | step | confidence | level |
            |---|---|---|
            | check sum with a context word | {Confidence.ChecksumAndContext} | certain |
            | strong check sum (modulus 97, CRC, base58check) | {Confidence.StrongChecksum} | certain |
            | strict shape with a context word, or with a mark of its own | {Confidence.StrictPatternAndContext} | likely |
            | check digit that one number in ten passes | {Confidence.Checksum} | likely |
            | strict shape | {Confidence.StrictPattern} | likely |
            | weak shape with a context word | {Confidence.WeakPatternAndContext} | likely |
            | weak shape, or an unofficial check that fails beside a context word | {Confidence.WeakPattern} | possible |

            Context words stand within 64 characters before a value, on its line or the one above, or within 40 behind it in the same
            sentence; for numbers of up to seven characters within 24 and 16. Keys of JSON, YAML and forms count: `nationalId`, `national_id` and
            "National ID" are one word. Where strength says *context*, a value is reported only beside such a word. Bare digits that many
            countries could have issued are *possible* alone and need a word to be more.


            """);
        foreach (var group in catalog.Detectors
            .GroupBy(d => d.Country, StringComparer.Ordinal)
            .OrderBy(g => g.Key == "*" ? 0 : 1)
            .ThenBy(g => g.Key, StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"## {(group.Key == "*" ? "Everywhere" : group.Key)}\n\n");
            page.Append("| entity | detector | what | category | strength | example |\n|---|---|---|---|---|---|\n");
            foreach (var detector in group.OrderBy(d => d.Entity, StringComparer.Ordinal).ThenBy(d => d.Id, StringComparer.Ordinal))
            {
                var entity = detector.Aliases.Count == 0 ? detector.Entity : $"{detector.Entity} ({string.Join(", ", detector.Aliases)})";
                var example = detector.Examples.Count == 0 ? "" : Code(detector.Examples[0]);
                page.Append(CultureInfo.InvariantCulture,
                    $"| {entity} | {detector.Id} | {Cell(detector.Name)} | {detector.Category} | {Strength(detector.Strength)} | {example} |\n");
            }

            page.Append('\n');
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static string Strength(DetectorStrength strength) => strength switch
    {
        DetectorStrength.Checksum => "checksum",
        DetectorStrength.Structure => "structure",
        DetectorStrength.Pattern => "pattern",
        DetectorStrength.Context => "context",
        _ => "model",
    };

    private static string Cell(string text) => text.Replace('\n', ' ').Replace("|", "\\|", StringComparison.Ordinal);

    private static string Code(string text) => $"`{Visible(Cell(text).Replace("`", "'", StringComparison.Ordinal))}`";

    // Examples of invisible characters would be invisible, or turn the page's own text round.
    private static string Visible(string text) => string.Concat(text.Select(c =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.Surrogate
            ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}")
            : c.ToString()));
}
