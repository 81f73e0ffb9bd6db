namespace EdgeFilter.Policies.Validation;

/// <summary>Mistakes of meaning inside one document.</summary>
internal static class MeaningProblems
{
    public static readonly ProblemKind UnknownClass = new("POL101", "Unknown class", "No entity has this class. docs/detectors.md shows all of them.");

    public static readonly ProblemKind UnknownDetector = new("POL102", "Unknown detector", "No detector has this id. docs/detectors.md lists them.");

    public static readonly ProblemKind UnknownEntity = new("POL103", "Unknown entity", "Neither a detector nor a dictionary or pattern of this policy finds such an entity. docs/detectors.md lists them.");

    public static readonly ProblemKind UnknownClassifier = new("POL104", "Unknown classifier", "No model of this name is installed. 'models list' shows those that are.");

    public static readonly ProblemKind UnknownLabel = new("POL105", "Unknown label", "The classifier doesn't score this label.");

    public static readonly ProblemKind LabelNeeded = new("POL106", "A label is needed", "The classifier scores several labels; say with 'label' which one counts.");

    public static readonly ProblemKind UnknownDictionary = new("POL107", "Unknown dictionary", "Neither this policy nor one that it extends defines the dictionary.");

    public static readonly ProblemKind UnknownPattern = new("POL108", "Unknown pattern", "Neither this policy nor one that it extends defines the pattern.");

    public static readonly ProblemKind UnknownRegion = new("POL109", "Unknown region", "Regions are ISO 3166 country codes, their parts (US-CA), EU, EEA, or labels of your own that begin with x-.");

    public static readonly ProblemKind NothingLeft = new("POL110", "Countries leave nothing", "None of the entities or classes beside 'countries' belongs to one of these countries, so nothing would be looked for.");

    public static readonly ProblemKind BadPattern = new("POL111", "The regular expression can't be used", "It is badly formed, or needs look-around or back-references, which can't run in linear time.");

    public static readonly ProblemKind PatternMatchesNothing = new("POL112", "The regular expression matches the empty text", "It would match everywhere. Make at least one character obligatory.");

    public static readonly ProblemKind PatternMatchesAll = new("POL117", "The regular expression matches any text", "It takes every character for a match, so everything would be found. Say what is special about what you look for.");

    public static readonly ProblemKind NotASecret = new("POL113", "Not a detector of secrets", "'secrets' takes 'all' or detectors of credentials; put others under 'detectors'.");

    public static readonly ProblemKind UnknownLanguage = new("POL114", "Unknown language", "The language model doesn't tell this language from others.");

    public static readonly ProblemKind NoLanguageModel = new("POL115", "No language model", "A condition on the language needs the model 'language', which is not installed.");

    public static readonly ProblemKind EntityTaken = new("POL116", "The entity exists already", "A dictionary or pattern of a policy can't take the name of a built-in entity: records could not tell them apart.");

    public static readonly ProblemKind ThresholdMeansNothing = new("POL120", "The threshold doesn't fit", "possible, likely and certain are for entities; numbers and strict, balanced, permissive for classifiers.");

    public static readonly ProblemKind ThresholdMatchesAll = new("POL121", "The threshold matches everything", "Every text scores at least 0.");

    public static readonly ProblemKind ThresholdNotNamed = new("POL122", "The model doesn't name this threshold", "The manifest of the model gives no figure for the word; write a number.");

    public static readonly ProblemKind FindsNothing = new("POL123", "Nothing is looked for", "'find' names nothing to find, so the rule could never match.");

    public static readonly ProblemKind OneModifierTwoThings = new("POL124", "It is not clear what the key belongs to", "'at-least' and 'count' stand beside several kinds of things. Write them as separate conditions under 'all' or 'any'.");

    public static readonly ProblemKind IdleModifier = new("POL125", "The key has nothing to modify", "'at-least', 'count', 'countries' and 'label' say more about something that is found; nothing of the kind stands beside them.");

    public static readonly ProblemKind DuplicateRule = new("POL130", "A rule id is used twice", "Ids name rules in records, tests and waivers, so each is used once in a policy.");

    public static readonly ProblemKind OnlyWithAction = new("POL131", "The key doesn't fit the action", "replace-with belongs to redact, keep-last to mask, reroute-to to reroute, say to block.");

    public static readonly ProblemKind TargetMissing = new("POL132", "No cluster to reroute to", "'then: reroute' needs 'reroute-to', a list of cluster labels.");

    public static readonly ProblemKind NeverMatches = new("POL133", "The rule can never match", "What it looks for can't occur where it looks.");

    public static readonly ProblemKind MatchesEverything = new("POL134", "The rule matches every text", "Its only conditions are negative. Add something to find.");

    public static readonly ProblemKind FailOpen = new("POL135", "Failing open without reason and date", "When a detector can't answer, uninspected text would pass. That needs a reason and an expiry date.");

    public static readonly ProblemKind Expired = new("POL136", "Expired", "The date has passed: what is written here no longer holds. Remove it or, after a review, renew it.", IsWarning: true);

    public static readonly ProblemKind SpoilsEmbeddings = new("POL137", "Spoils embeddings", "Text that is redacted, masked or replaced at random before it is embedded silently spoils the index. For embeddings use allow, log, pseudonymise or block.");

    public static readonly ProblemKind EmptyPolicy = new("POL138", "The policy decides nothing", "It has no rules, residency or limits and extends no policy.");

    public static readonly ProblemKind NeverApplies = new("POL139", "It never applies", "The stretch of time is empty, or the conditions exclude each other.");

    public static readonly ProblemKind IdleFailure = new("POL140", "The key has no use here", "reason and expires belong to 'then: allow'.");

    public static readonly ProblemKind UselessStream = new("POL141", "The stream mode has no use here", "The rule only looks at prompts, which don't stream, or changes nothing.", IsWarning: true);

    public static readonly ProblemKind PartHasNoText = new("POL142", "A part that can't be read has no text", "'uninspected' speaks of media, token ids and the like. Nothing about texts can stand beside it, and of the actions only log, redact (media), reroute and block mean something.");

    public static readonly ProblemKind NoEffect = new("POL143", "It has no effect", "What is written is sound and changes nothing: 'allow' overrides no rule, another rule of the policy does the same or more, or no rule uses a dictionary or pattern. Often something else was meant.", IsWarning: true);

    public static readonly ProblemKind FarAway = new("POL144", "It expires far in the future", "A waiver, an exception or failing open is for a time. More than two years ahead nobody will remember to look at it again.", IsWarning: true);

    public static readonly ProblemKind TestText = new("POL150", "A test needs one text", "Write 'prompt' or 'output', not both and not neither.");

    public static readonly ProblemKind TestExpectsNothing = new("POL151", "The test expects nothing", "'expect' must name an action, a rule, a text, a not-text or a say.");

    public static readonly ProblemKind TestContradicts = new("POL152", "The test contradicts itself", "No result can satisfy what it expects.");

    public static readonly ProblemKind UnknownRule = new("POL153", "Unknown rule", "Neither the policy nor one that it extends has a rule of this id.");

    public static readonly ProblemKind DuplicateTest = new("POL154", "Two tests share a name", "Reports name tests, so each name is used once in a file.");
}
