using EdgeFilter.Policies.Documents.Shapes;

namespace EdgeFilter.Policies.Documents;

/// <summary>The vocabulary of rules and of what they look for.</summary>
internal static class RuleLanguage
{
    private static readonly TextShape Id = new("a rule id such as payment-cards", 64, PolicyLanguage.NamePattern, PolicyLanguage.NameWords);
    private static readonly TextShape LanguageCode = new("a language code such as es", 8, "^[a-z]{2,3}(-[A-Za-z]{2,4})?$", "two or three lower-case letters, as in es or pt-BR");
    private static readonly TextShape SayText = new("a sentence for the user", 1_000);

    private static readonly ListShape<Written<string>> MediaTypes = new(
        new TextShape("a media type such as application/pdf or image/*", 100, "^[a-z]+/([a-z0-9.+-]+|[*])$", "lower-case letters with one slash; '*' behind it stands for all of a kind"),
        "a list of media types, as in [application/pdf, image/*]",
        100);

    public static MapShape<FindDocument> Find { get; } = new MapShape<FindDocument>(
            "find", "a mapping such as { entities: [CREDIT_CARD], at-least: likely }", at => new FindDocument(at))
        .Optional("entities", Names("entity", "an entity such as EMAIL_ADDRESS", "a list of entities, as in [EMAIL_ADDRESS, IBAN_CODE]"), (f, v) => f.Entities = v, "Entities by name.")
        .Optional("classes", Names("class", "a class such as national-id", "a list of classes, as in [national-id, bank]"), (f, v) => f.Classes = v, "All entities of a family.")
        .Optional("countries", new ListShape<Written<string>>(new TextShape("a country code such as ES", 2, "^[A-Z]{2}$", "two capital letters (ISO 3166)"), "a list of country codes, as in [ES, FR]", 300), (f, v) => f.Countries = v, "Narrows classes and entities to identifiers of these countries.")
        .Optional("detectors", Names("detector", "a detector id such as es-nif", "a list of detector ids"), (f, v) => f.Detectors = v, "Single detectors by id.")
        .Optional("secrets", PartLanguage.Secrets, (f, v) => f.Secrets = v, "Credentials: all, or a list of detector ids.")
        .Optional("dictionaries", Names(null, "the name of a dictionary", "a list of dictionaries of this policy"), (f, v) => f.Dictionaries = v, "Dictionaries of this policy or of one that it extends.")
        .Optional("patterns", Names(null, "the name of a pattern", "a list of patterns of this policy"), (f, v) => f.Patterns = v, "Patterns of this policy or of one that it extends.")
        .Optional("canary-tokens", new ListShape<Written<string>>(new TextShape("a canary token of at least 8 characters", 200, "^[^ ].{6,}[^ ]$", "at least 8 characters that stand nowhere else, without spaces around"), "a list of canary tokens", 1_000), (f, v) => f.CanaryTokens = v, "Planted texts that must never travel.")
        .Optional("invisible-text", new FlagShape(), (f, v) => f.InvisibleText = v, "Text that a model reads and a person doesn't see.")
        .Optional("encoded-text", new FlagShape(), (f, v) => f.EncodedText = v, "Long runs of base64, hex and the like.")
        .Optional("urls", ConditionLanguage.Urls, (f, v) => f.Urls = v, "Addresses, by how they are written and where they lead.")
        .Optional("classifier", new TextShape("a classifier such as prompt-attack", 64, names: "classifier"), (f, v) => f.Classifier = v, "A local model's opinion.")
        .Optional("label", new TextShape("a label of the classifier", 64), (f, v) => f.Label = v, "Which of the classifier's labels counts; needed when it has several.")
        .Optional("at-least", new ThresholdShape(), (f, v) => f.AtLeast = v, "How sure is sure enough. Entities: possible, likely (the default) or certain. Classifiers: a score from 0 to 1, or strict, balanced (the default) or permissive as the model's manifest defines them.")
        .Optional("count", new NumberShape("a whole number", 1, 10_000, whole: true), (f, v) => f.Count = v, "How many findings it takes, counted over the whole text: places, so that a number of two possible kinds counts once.")
        .Optional("language", new ListShape<Written<string>>(LanguageCode, "a list of language codes, as in [es, fr]", 100), (f, v) => f.Languages = v, "The text is in one of these languages.")
        .Optional("language-except", new ListShape<Written<string>>(LanguageCode, "a list of language codes, as in [en]", 100), (f, v) => f.LanguagesExcept = v, "The text is in a language that is none of these.")
        .Optional("tools", new ListShape<Written<string>>(new TextShape("a tool's name; '*' stands for any characters", 200), "a list of tool names, as in [send_*]", 1_000), (f, v) => f.Tools = v, "The text belongs to a tool of this name.")
        .Optional("models", new ListShape<Written<string>>(new TextShape("a model's name; '*' stands for any characters", 200), "a list of model names, as in [gpt-*]", 1_000), (f, v) => f.Models = v, "The model asked for has one of these names.")
        .Optional("longer-than", new NumberShape("a whole number of characters", 1, 100_000_000, whole: true), (f, v) => f.LongerThan = v, "The text has more characters than this.")
        .Optional("prompt-leak", new NumberShape("a whole number of words", 4, 1_000, whole: true), (f, v) => f.PromptLeak = v, "The output repeats so many words in a row of the system prompt; 12 is a good number.")
        .Optional("uninspected", new ListShape<Written<CoverageKind>>(ChoiceShape.Of<CoverageKind>("a kind of part"), "a list of kinds, as in [image, file]", 10), (f, v) => f.Uninspected = v, "Parts that can't be read here: image, audio, video, file, token-ids, stored-history, sealed, unknown-type, unknown-field, unread-json.")
        .Optional("media-types", MediaTypes, (f, v) => f.MediaTypes = v, "With uninspected: only media of these types, or whose type can't be told.")
        .Optional("media-types-except", MediaTypes, (f, v) => f.MediaTypesExcept = v, "With uninspected: media of any type but these.")
        .Optional("larger-than", new NumberShape("a whole number of bytes", 1, 1_000_000_000, whole: true), (f, v) => f.LargerThan = v, "With uninspected: only media of more bytes than this, or whose size can't be told.")
        .Optional("all", Parts("all"), (f, v) => f.All = v, "Every one of these must hold.")
        .Optional("any", Parts("any"), (f, v) => f.Any = v, "At least one of these must hold.")
        .Optional("none", Parts("none"), (f, v) => f.None = v, "None of these may hold.");

    public static MapShape<RuleDocument> Rule { get; } = new MapShape<RuleDocument>(
            "rule", "a rule: a mapping with id, in, find and then", at => new RuleDocument(at))
        .Required("id", Id, (r, v) => r.Id = v, "The rule's name within its policy.")
        .Optional("description", new TextShape("a description", 4_000), (r, v) => r.Description = v, "What it is for.")
        .Optional("why", new TextShape("a reason or legal basis", 1_000), (r, v) => r.Why = v, "Legal basis or reason; stands in every record of the rule.")
        .Optional("severity", ChoiceShape.Of<Severity>("a severity"), (r, v) => r.Severity = v, "How grave a match is; medium when left out.")
        .Required("in", new ListShape<Written<Direction>>(ChoiceShape.Of<Direction>("a direction"), "a list: [prompt], [output] or [prompt, output]", 2), (r, v) => r.In = v, "Which way the text travels.")
        .Optional("from", new ListShape<Written<Speaker>>(ChoiceShape.Of<Speaker>("a role or trust level"), "a list of roles, as in [user, tool-result]", 13), (r, v) => r.From = v, "Who speaks; everyone when left out.")
        .Required("find", Find, (r, v) => r.Find = v, "What is looked for.")
        .Required("then", ChoiceShape.Of<PolicyAction>("an action"), (r, v) => r.Then = v, "What happens.")
        .Optional("replace-with", new TextShape("a replacement such as \"[card]\", or \"\" for nothing", 200, mayBeEmpty: true), (r, v) => r.ReplaceWith = v, "With redact: what stands there instead; {entity} becomes the entity's name.")
        .Optional("keep-last", new NumberShape("a whole number", 0, 8, whole: true), (r, v) => r.KeepLast = v, "With mask: how many trailing letters and digits stay readable; 4 when left out.")
        .Optional("reroute-to", new ListShape<Written<string>>(PartLanguage.ClusterLabel, "a list of cluster labels, as in [local]", 64), (r, v) => r.RerouteTo = v, "With reroute: labels of clusters, best first.")
        .Optional("say", PartLanguage.Say(SayText, LanguageCode), (r, v) => r.Say = v, "What the user is told when the rule blocks: one text, or one for each language.")
        .Optional("stream", ChoiceShape.Of<StreamMode>("a stream mode"), (r, v) => r.Stream = v, "What the reader of a stream waits for. A rule may wait longer than it must, never shorter.")
        .Optional("shadow", new FlagShape(), (r, v) => r.Shadow = v, "true: decides and records, and changes nothing.")
        .Optional("evidence", ChoiceShape.Of<Evidence>("none or sealed"), (r, v) => r.Evidence = v, "sealed: the text is kept with the record, encrypted for the security team; the proxy can't open it. Left out: as the policy says, else none.")
        .Optional("except", new ListShape<ExceptionDocument>(PartLanguage.Exception, "a list of exceptions, each with values, reason and expires", 1_000), (r, v) => r.Exceptions = v, "Values that the rule leaves alone, until a day.")
        .Optional("on-failure", PartLanguage.OnFailure, (r, v) => r.OnFailure = v, "What happens when a detector or model can't answer: block (the default), or allow with a reason and a day.");

    private static ListShape<Written<string>> Names(string? kind, string one, string many) => new(new TextShape(one, 100, names: kind), many);

    private static ListShape<FindDocument> Parts(string key) =>
        new(new DeferredShape<FindDocument>(() => Find!, "a condition"), $"a list of conditions, as in {key}: [{{ entities: [PERSON] }}, {{ classes: [health] }}]", 100);
}
