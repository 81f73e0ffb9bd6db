using EdgeFilter.Policies.Documents.Shapes;

namespace EdgeFilter.Policies.Documents;

/// <summary>The vocabulary of tests.</summary>
internal static class TestLanguage
{
    private const int LongestText = 100_000;

    private static readonly TextShape Any = new("a text", 1_000);
    private static readonly Shape<IReadOnlyList<Written<string>>> Texts = new EitherShape<IReadOnlyList<Written<string>>>(
        new ConvertedShape<Written<string>, IReadOnlyList<Written<string>>>(new TextShape("a text", LongestText), t => [t]),
        new ListShape<Written<string>>(new TextShape("a text", LongestText), "a list of texts"),
        "a text, or a list of texts");

    private static readonly Shape<ExpectDocument> Expect = new EitherShape<ExpectDocument>(
        new ConvertedShape<Written<PolicyAction>, ExpectDocument>(
            ChoiceShape.Of<PolicyAction>("an action"),
            action => new ExpectDocument(action.At) { Action = action }),
        new MapShape<ExpectDocument>("expect", "an action, or a mapping such as { action: redact, rule: payment-cards }", at => new ExpectDocument(at))
            .Optional("action", ChoiceShape.Of<PolicyAction>("an action"), (e, v) => e.Action = v, "The strictest action taken.")
            .Optional("rule", new TextShape("a rule id, or policy/rule", 130), (e, v) => e.Rule = v, "A rule that matches: its id, or policy/rule.")
            .Optional("text", new TextShape("the filtered text", LongestText, mayBeEmpty: true), (e, v) => e.Text = v, "The filtered text, exactly.")
            .Optional("not-text", Texts, (e, v) => e.NotText = v, "Texts that must not be readable afterwards.")
            .Optional("say", Any, (e, v) => e.Say = v, "A part of what the user is told."),
        "an action, or a mapping such as { action: redact, rule: payment-cards }");

    private static readonly MapShape<PartDocument> Part = new MapShape<PartDocument>(
            "part", "a mapping such as { kind: image, media-type: image/png, size: 20000 }", at => new PartDocument(at))
        .Required("kind", ChoiceShape.Of<CoverageKind>("a kind of part"), (p, v) => p.Kind = v, "What it is.")
        .Optional("in", ChoiceShape.Of<Direction>("a direction"), (p, v) => p.In = v, "Which way it goes: prompt when left out.")
        .Optional("media-type", new TextShape("a media type", 100), (p, v) => p.MediaType = v, "Its media type, where it can be told.")
        .Optional("size", new NumberShape("a whole number of bytes", 0, 1_000_000_000, whole: true), (p, v) => p.Size = v, "Its size, where it can be told.");

    public static MapShape<TestDocument> Test { get; } = new MapShape<TestDocument>(
            "test", "a test: a mapping with name, prompt or output, and expect", at => new TestDocument(at))
        .Required("name", new TextShape("a name for the test"), (t, v) => t.Name = v, "What it shows.")
        .Optional("prompt", new TextShape("a text", LongestText), (t, v) => t.Prompt = v, "The text of a prompt.")
        .Optional("output", new TextShape("a text", LongestText), (t, v) => t.Output = v, "The text of an output.")
        .Optional("part", Part, (t, v) => t.Part = v, "A part that can't be read, instead of a text.")
        .Optional("role", ChoiceShape.Of<SegmentRole>("a role"), (t, v) => t.Role = v, "Who speaks: user for a prompt and assistant for an output when left out.")
        .Optional("system-prompt", new TextShape("a system prompt", LongestText), (t, v) => t.SystemPrompt = v, "The system prompt that the output may repeat.")
        .Optional("tool", Any, (t, v) => t.Tool = v, "The tool that the text belongs to.")
        .Optional("model", Any, (t, v) => t.Model = v, "The model asked for.")
        .Optional("stream", ChoiceShape.Of<TestStream>("a way to arrive"), (t, v) => t.Stream = v, "whole, cut (in pieces, many ways) or both, which is meant when left out.")
        .Optional("language", Any, (t, v) => t.Language = v, "The user's language, for what the user is told.")
        .Required("expect", Expect, (t, v) => t.Expect = v, "What must become of it.");

    public static MapShape<TestContextDocument> Context { get; } = new MapShape<TestContextDocument>(
            "context", "a mapping such as { region: DE, tenant: acme }", at => new TestContextDocument(at))
        .Optional("region", Any, (c, v) => c.Region = v, "Where the client stands.")
        .Optional("tenant", Any, (c, v) => c.Tenant = v, "The client's tenant.")
        .Optional("groups", new ListShape<Written<string>>(Any, "a list of groups"), (c, v) => c.Groups = v, "The client's groups.")
        .Optional("route", Any, (c, v) => c.Route = v, "The route, as in /openai.")
        .Optional("model", Any, (c, v) => c.Model = v, "The model asked for.")
        .Optional("protocol", Any, (c, v) => c.Protocol = v, "The wire protocol, as in openai.chat.");
}
