using System.Collections.Frozen;

namespace EdgeFilter.Detection.Classifiers.Models.Transformers;

/// <summary>Which entity a token's label stands for.</summary>
internal static class EntityNames
{
    /// <summary>Labels of well-known models, by the names that policies use.</summary>
    private static readonly FrozenDictionary<string, string> WellKnown = new Dictionary<string, string>
    {
        ["PER"] = "PERSON", ["PERSON"] = "PERSON", ["NAME"] = "PERSON", ["GIVENNAME"] = "PERSON", ["SURNAME"] = "PERSON", ["FIRSTNAME"] = "PERSON",
        ["LASTNAME"] = "PERSON", ["MIDDLENAME"] = "PERSON", ["PATIENT"] = "PERSON", ["PRIVATE_PERSON"] = "PERSON",
        ["LOC"] = "LOCATION", ["LOCATION"] = "LOCATION", ["GPE"] = "LOCATION", ["CITY"] = "LOCATION", ["STREET"] = "LOCATION", ["ADDRESS"] = "LOCATION",
        ["ORG"] = "ORGANIZATION", ["ORGANIZATION"] = "ORGANIZATION", ["ORGANISATION"] = "ORGANIZATION", ["COMPANY"] = "ORGANIZATION", ["COMPANYNAME"] = "ORGANIZATION",
        ["EMAIL"] = "EMAIL_ADDRESS", ["EMAILADDRESS"] = "EMAIL_ADDRESS", ["PHONE"] = "PHONE_NUMBER", ["PHONENUMBER"] = "PHONE_NUMBER",
        ["TELEPHONENUM"] = "PHONE_NUMBER", ["CREDITCARDNUMBER"] = "CREDIT_CARD", ["CREDITCARD"] = "CREDIT_CARD", ["IBAN"] = "IBAN_CODE",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Outside = ["O", "OUTSIDE", "OTHER", "NONE", "[PAD]", "[CLS]", "[SEP]", "X"];

    /// <summary>Splits a label into its prefix, B, I, E, L, S, U or none, and its name.</summary>
    public static (char Prefix, string Name) Split(string label) =>
        label.Length > 2 && label[1] is '-' or '_' && char.ToUpperInvariant(label[0]) is var prefix and ('B' or 'I' or 'E' or 'L' or 'S' or 'U')
            ? (prefix, label[2..])
            : ('\0', label);

    /// <summary>By label, the entity; empty for labels that stand for none.</summary>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyList<string> labels, IReadOnlyDictionary<string, string>? written) =>
        labels.ToDictionary(l => l, l => Entity(l, written), StringComparer.Ordinal);

    private static string Entity(string label, IReadOnlyDictionary<string, string>? written)
    {
        var (_, name) = Split(label);
        if (written is not null && (written.TryGetValue(label, out var entity) || written.TryGetValue(name, out entity)))
        {
            return entity is "-" ? "" : entity;
        }

        if (Outside.Contains(name, StringComparer.OrdinalIgnoreCase) || name.StartsWith("LABEL_", StringComparison.Ordinal))
        {
            return "";
        }

        return WellKnown.GetValueOrDefault(name)
            ?? string.Concat(name.ToUpperInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
    }
}
