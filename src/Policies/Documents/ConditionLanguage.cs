using EdgeFilter.Policies.Documents.Shapes;

namespace EdgeFilter.Policies.Documents;

/// <summary>The vocabulary of who a policy applies to, and of addresses.</summary>
internal static class ConditionLanguage
{
    private static readonly TextShape Glob = new("a name; '*' stands for any characters", 200);

    private static readonly TextShape Domain = new("a domain such as example.com (its subdomains count too)", 253, "^[A-Za-z0-9_-]+([.][A-Za-z0-9_-]+)*$", "letters, digits, hyphens and dots, without scheme or path");

    private static readonly TextShape Hour = new("an hour such as \"08:00\"", 5, "^([01][0-9]|2[0-3]):[0-5][0-9]$", "hours and minutes in quotes, \"00:00\" to \"23:59\"");

    private static readonly ChoiceShape<DayOfWeek> Day = new("a day of the week", new Dictionary<string, DayOfWeek>
    {
        ["mon"] = DayOfWeek.Monday,
        ["tue"] = DayOfWeek.Tuesday,
        ["wed"] = DayOfWeek.Wednesday,
        ["thu"] = DayOfWeek.Thursday,
        ["fri"] = DayOfWeek.Friday,
        ["sat"] = DayOfWeek.Saturday,
        ["sun"] = DayOfWeek.Sunday,
    });

    private static readonly MapShape<TimesDocument> Times = new MapShape<TimesDocument>(
            "times", "a mapping such as { days: [mon, tue], from: \"08:00\", to: \"18:00\" }", at => new TimesDocument(at))
        .Optional("days", new ListShape<Written<DayOfWeek>>(Day, "a list of days, as in [mon, tue]", 7), (t, v) => t.Days = v, "Days of the week; every day when left out.")
        .Optional("from", Hour, (t, v) => t.From = v, "First minute of the day, UTC, in quotes.")
        .Optional("to", Hour, (t, v) => t.To = v, "First minute after it, UTC, in quotes; earlier than 'from': over midnight.");

    public static Shape<AppliesToDocument> AppliesTo { get; } = new EitherShape<AppliesToDocument>(
        new ConvertedShape<Written<bool>, AppliesToDocument>(
            new ChoiceShape<bool>("an audience", new Dictionary<string, bool> { ["everyone"] = false, ["when-extended"] = true }, "a mapping such as { regions: [EU] }"),
            word => new AppliesToDocument(word.At) { OnlyWhenExtended = word.Value }),
        new MapShape<AppliesToDocument>("applies-to", "everyone, when-extended, or a mapping such as { regions: [EU] }", at => new AppliesToDocument(at))
            .NotEmpty("this mapping is empty, which could mean nobody or everybody; write applies-to: everyone, or whom it applies to.")
            .Optional("regions", new ListShape<Written<string>>(new TextShape("a region such as EU, DE or US-CA", 40), "a list of regions, as in [EU, EEA]", 500), (a, v) => a.Regions = v, "Countries (ISO 3166), their parts (US-CA), or EU, EEA. Own labels begin with x-.")
            .Optional("tenants", Globs("tenants", "[acme]"), (a, v) => a.Tenants = v, "Tenants by id.")
            .Optional("groups", Globs("client groups", "[support]"), (a, v) => a.Groups = v, "Client groups; one of the client's suffices.")
            .Optional("routes", new ListShape<Written<string>>(new TextShape("a route such as /openai", 200, "^/.*$", "a path that begins with a slash"), "a list of routes, as in [/openai]", 500), (a, v) => a.Routes = v, "Path prefixes of routes.")
            .Optional("models", Globs("models", "[gpt-*]"), (a, v) => a.Models = v, "Models by name.")
            .Optional("protocols", Globs("protocols", "[openai.*]"), (a, v) => a.Protocols = v, "Wire protocols by id.")
            .Optional("times", new ListShape<TimesDocument>(Times, "a list of times, each with days, from and to", 50), (a, v) => a.Times = v, "Stretches of the week, UTC."),
        "everyone, when-extended, or a mapping such as { regions: [EU] }");

    public static MapShape<UrlsDocument> Urls { get; } = new MapShape<UrlsDocument>(
            "urls", "a mapping such as { as: [image], except-domains: [example.com] }", at => new UrlsDocument(at))
        .Optional("as", new ListShape<Written<UrlForm>>(ChoiceShape.Of<UrlForm>("a form of address"), "a list: plain, link or image", 3), (u, v) => u.As = v, "How the address is written; in any way when left out.")
        .Optional("domains", new ListShape<Written<string>>(Domain, "a list of domains, as in [example.com]", 10_000), (u, v) => u.Domains = v, "Only addresses in these domains and below.")
        .Optional("except-domains", new ListShape<Written<string>>(Domain, "a list of domains, as in [example.com]", 10_000), (u, v) => u.ExceptDomains = v, "Only addresses outside these domains.")
        .Optional("carrying-data", new FlagShape(), (u, v) => u.CarryingData = v, "Only addresses that carry something out: a query, a fragment, or a long opaque part of the path.");

    private static ListShape<Written<string>> Globs(string what, string example) => new(Glob, $"a list of {what}, as in {example}");
}
