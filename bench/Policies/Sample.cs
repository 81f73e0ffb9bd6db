using System.Globalization;
using System.Text;
using EdgeFilter.Detection.Catalog;
using EdgeFilter.Detection.Classifiers.Models;
using EdgeFilter.Policies.Combining;
using EdgeFilter.Policies.Validation;

namespace EdgeFilter.Bench.Policies;

/// <summary>Made-up policies of a given size over the shipped detectors.</summary>
internal static class Sample
{
    private static readonly string[] Actions = ["log", "mask", "redact", "hash", "pseudonymise"];

    public static ValidationScope Scope { get; } = new(BuiltInDetectors.CreateCatalog(), ModelStore.Empty);

    // A hundred different ones: as in real policies, a finding concerns a few rules, not all of them.
    private static readonly string[] Entities =
    [
        "CREDIT_CARD", "EMAIL_ADDRESS", "IBAN_CODE", "PHONE_NUMBER", "IP_ADDRESS",
        .. Scope.Detectors.Catalog.Detectors.Where(d => d.Category == "national_id").Select(d => d.Entity).Distinct().Take(95),
    ];

    public static SourceFile[] Policies(int count, int rules) => [.. Enumerable.Range(0, count).Select(i => Policy(i, rules))];

    private static SourceFile Policy(int index, int rules)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"policy: p{index}\nversion: 2026.1.0\nrules:\n");
        for (var r = 0; r < rules; r++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  - id: r{r}\n    why: GDPR Art. 5(1)(c)\n    in: [prompt, output]\n");
            text.Append(CultureInfo.InvariantCulture, $"    find: {{ entities: [{Entities[(index + r) % Entities.Length]}], at-least: likely }}\n");
            text.Append(CultureInfo.InvariantCulture, $"    then: {Actions[r % Actions.Length]}\n");
        }

        return new SourceFile($"p{index}.yaml", Encoding.UTF8.GetBytes(text.ToString()));
    }
}
