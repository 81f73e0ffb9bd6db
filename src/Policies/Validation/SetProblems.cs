namespace EdgeFilter.Policies.Validation;

/// <summary>Mistakes that show only when all documents are seen together.</summary>
internal static class SetProblems
{
    public static readonly ProblemKind DuplicatePolicy = new("POL201", "Two documents share a name", "Policies and waivers are named in records, so each name is used once.");

    public static readonly ProblemKind UnknownPolicy = new("POL202", "Unknown policy", "No document of this name is loaded.");

    public static readonly ProblemKind Circle = new("POL203", "Policies extend each other in a circle", "Follow the names in the message and remove one of the links.");

    public static readonly ProblemKind Weaker = new("POL204", "A rule is weaker than the one that it repeats", "A policy can only tighten what it extends: the inherited rule of the same id still applies, and its stricter action wins. Choose another id or a stricter action; to relax a rule, write a waiver.");

    public static readonly ProblemKind WaiverOfNothing = new("POL205", "The waiver names no rule", "No loaded policy has this rule.");

    public static readonly ProblemKind NoClusterLeft = new("POL206", "No cluster is left", "The clusters that this policy allows and those that it inherits have none in common, so every request would be blocked.");

    public static readonly ProblemKind NoPolicies = new("POL207", "There are no policies", "The folder holds no policy, so nothing would be protected.");

    public static readonly ProblemKind NotCompiled = new("POL208", "The policies could not be compiled", "A mistake of the program, not of the author. The last good policies stay in force; please report it with the policy file.");

    public static readonly ProblemKind NotKept = new("POL209", "The chosen version can't be put in force", "The files of the version that somebody went back to or promoted are not kept any more, were altered, or need a model that is not there. 'policy rollback --list' shows the versions that are kept.");
}
