using EdgeFilter.Policies.Compilation;
using EdgeFilter.Proxy.Review;
using EdgeFilter.Proxy.Telemetry;

namespace EdgeFilter.Proxy.Tests.Review;

/// <summary>A proxy that has been busy: so that pages have something to show.</summary>
internal sealed class FakeFacts : IConsoleFacts
{
    public IReadOnlyList<PolicyFact> Policies() =>
    [
        new("eu-gdpr", "2026.11.0", "European Union, GDPR", new string('a', 64), "eu-gdpr.yaml", "regions EU", IsShadow: false,
            [new RuleFact("rule-1", "GDPR Art. 87", "block", ["prompt"], "ES_NIF, FR_NIR", IsShadow: false), new RuleFact("rule-2", "", "redact", ["output"], "EMAIL_ADDRESS", IsShadow: true)]),
    ];

    public EffectiveFact? Effective(PolicyContext context) => context.Region == "EU" ? new EffectiveFact(
        new string('b', 64), ["eu", "local"], [new("eu-gdpr", "2026.11.0", "applies", IsShadow: false), new("baseline", "2026.11.0", "extended by eu-gdpr", IsShadow: false)],
        [new EffectiveRule("eu-gdpr", "eu-gdpr.yaml:14", Policies()[0].Rules[0])], ["testers until 2027-01-01 of eu-gdpr/rule-1: test cards (jo)"]) : null;

    public IReadOnlyList<HealthFact> Health() =>
    [
        new("policies", true, "12 in force"), new("upstream openai", true, "1,204 answered, 0 failed since the start"),
        new("upstream local-llama", false, "88 answered, 3 failed since the start, last failure 2026-11-24 09:12:44Z"), new("model prompt-attack", true, "loaded"),
    ];

    public TrafficFact Traffic(DateTimeOffset since) => new(since, 18_422, 17_901, 3_310, 420, 1_790, []);
}
