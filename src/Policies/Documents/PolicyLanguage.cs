using EdgeFilter.Policies.Documents.Shapes;

namespace EdgeFilter.Policies.Documents;

/// <summary>
/// The vocabulary of policies: every key, what may stand there and what it means. The reader, the JSON Schema and the
/// completion of editors all come from here.
/// </summary>
internal static class PolicyLanguage
{
    /// <summary>Raised when documents written for an older vocabulary would mean something else.</summary>
    public const int Version = 1;

    internal const string NamePattern = "^[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?$";
    internal const string NameWords = "1 to 64 lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit";

    private static readonly TextShape Name = new("a name such as acme-support", 64, NamePattern, NameWords);

    public static MapShape<PolicyDocument> Policy { get; } = new MapShape<PolicyDocument>(
            "policy", "a policy: a mapping that begins with 'policy: its-name'", at => new PolicyDocument(at))
        .Required("policy", Name, (p, v) => p.Name = v, "The policy's name, unique among all that are loaded.")
        .Required("version", new TextShape("a version such as 2026.11.0", 64, "^[0-9A-Za-z][0-9A-Za-z.+-]*$", "letters, digits, dots, hyphens and plus"), (p, v) => p.Version = v, "What the author calls this state of it. Written to every record.")
        .Optional("title", new TextShape("a title"), (p, v) => p.Title = v, "What people call it.")
        .Optional("description", new TextShape("a description", 4_000), (p, v) => p.Description = v, "What it is for.")
        .Optional("owner", new TextShape("a person or team"), (p, v) => p.Owner = v, "Who answers for it.")
        .Optional("extends", new ListShape<Written<string>>(Name, "a list of policy names, as in [baseline]", 64), (p, v) => p.Extends = v, "Policies whose rules all apply too. A policy can add to them, never loosen them.")
        .Optional("applies-to", ConditionLanguage.AppliesTo, (p, v) => p.AppliesTo = v, "Whom it applies to; left out: everyone. Everything written here must hold.")
        .Optional("shadow", new FlagShape(), (p, v) => p.Shadow = v, "true: a candidate. Its rules decide and record, and change nothing.")
        .Optional("evidence", ChoiceShape.Of<Evidence>("none or sealed"), (p, v) => p.Evidence = v, "For this policy's rules that don't say themselves. sealed: the text is kept with the record, encrypted for the security team.")
        .Optional("residency", PartLanguage.Residency, (p, v) => p.Residency = v, "Which clusters texts may go to.")
        .Optional("limits", PartLanguage.Limits, (p, v) => p.Limits = v, "The longest texts that are let through.")
        .Optional("dictionaries", new NamedShape<DictionaryDocument>(Name, PartLanguage.Dictionary, "dictionaries by name, as in { projects: { entity: PROJECT, words: [bluebird] } }"), (p, v) => p.Dictionaries = v, "Words of the organisation's own, by name.")
        .Optional("patterns", new NamedShape<PatternDocument>(Name, PartLanguage.Pattern, "patterns by name, as in { order: { entity: ORDER, pattern: 'AC-[0-9]{8}' } }"), (p, v) => p.Patterns = v, "Regular expressions of the organisation's own, by name. They run in linear time.")
        .Optional("rules", new ListShape<RuleDocument>(RuleLanguage.Rule, "a list of rules, each with id, in, find and then"), (p, v) => p.Rules = v, "What is looked for, and what happens then. The strictest action of all rules that match wins.")
        .Optional("tests", new ListShape<TestDocument>(TestLanguage.Test, "a list of tests, each with name, prompt or output, and expect", 10_000), (p, v) => p.Tests = v, "Texts and what must become of them. Run by 'policy test'.");

    public static MapShape<WaiverDocument> Waiver { get; } = new MapShape<WaiverDocument>(
            "waiver", "a waiver: a mapping that begins with 'waiver: its-name'", at => new WaiverDocument(at))
        .Required("waiver", Name, (w, v) => w.Name = v, "The waiver's name, unique among all that are loaded.")
        .Required("owner", new TextShape("a person or team"), (w, v) => w.Owner = v, "Who answers for it.")
        .Required("reason", new TextShape("a reason", 1_000), (w, v) => w.Reason = v, "Why the rule may be relaxed. Shown wherever the waiver is used.")
        .Required("expires", new DateShape(), (w, v) => w.Expires = v, "The first day (UTC) on which it no longer holds.")
        .Required("rules", new ListShape<Written<string>>(new TextShape("a rule such as eu-gdpr/payment-cards", 130, "^[a-z0-9.-]+/[a-z0-9.-]+$", "the policy's name, a slash, the rule's id"), "a list of rules, as in [eu-gdpr/payment-cards]", 100), (w, v) => w.Rules = v, "The rules that it relaxes, as policy/rule.")
        .Optional("values", PartLanguage.ValueList, (w, v) => w.Values = v, "Only for these values; '*' stands for any characters. Left out: for every match of the rules.")
        .Optional("applies-to", ConditionLanguage.AppliesTo, (w, v) => w.AppliesTo = v, "Whom it applies to; left out: everyone.");

    public static MapShape<TestsDocument> Tests { get; } = new MapShape<TestsDocument>(
            "tests-file", "a file of tests: a mapping that begins with 'tests-of: a-policy'", at => new TestsDocument(at))
        .Required("tests-of", Name, (t, v) => t.Policy = v, "The policy that is tested.")
        .Optional("context", TestLanguage.Context, (t, v) => t.Context = v, "Who asks: then all policies that apply to this context are tested together.")
        .Required("tests", new ListShape<TestDocument>(TestLanguage.Test, "a list of tests, each with name, prompt or output, and expect", 10_000), (t, v) => t.Tests = v, "Texts and what must become of them.");
}
