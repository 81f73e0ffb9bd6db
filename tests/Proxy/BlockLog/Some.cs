using EdgeFilter.Policies;
using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Tests.BlockLog;

/// <summary>Records to test with; their variety repeats, so that filters have something to find.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Start = new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero);

    /// <summary>So many that the index keeps them as a column.</summary>
    public const int Clients = 1_009;

    private static readonly string[] Entities = ["CREDIT_CARD", "EMAIL_ADDRESS", "ES_NIF", "SECRET", "IBAN_CODE"];
    private static readonly PolicyAction[] Actions = [PolicyAction.Block, PolicyAction.Redact, PolicyAction.Mask, PolicyAction.Log];

    public static BlockRecord Record(int n = 0)
    {
        var entity = Entities[n % Entities.Length];
        var time = Start.AddSeconds(n);
        return new BlockRecord
        {
            Id = BlockRecord.NewId(time),
            Time = time,
            Action = Actions[n % Actions.Length],
            Direction = n % 3 == 0 ? Direction.Output : Direction.Prompt,
            Severity = (Severity)(n % 5),
            Reason = $"Personal data of kind {n % 7} stays in the building.",
            Tenant = $"tenant-{n % 11}",
            Region = n % 2 == 0 ? "EU" : "US",
            Client = $"client-{n % Clients}",
            Groups = ["engineering"],
            Policy = new PolicyReference { Name = "eu-gdpr", Version = "2026.11.0", Digest = new string('a', 64) },
            Rules = [$"rule-{n % 13}"],
            Protocol = n % 4 == 0 ? "anthropic.messages" : "openai.chat",
            Route = "/openai/v1/chat/completions",
            Provider = "openai",
            Model = $"model-{n % 6}",
            Cluster = "eu",
            Status = 400,
            RequestId = $"req-{n:x8}",
            Entities = [new EntityCount { Entity = entity, Count = 1 + (n % 3) }],
            Findings =
            [
                new RecordedFinding
                {
                    Detector = entity.ToLowerInvariant().Replace('_', '-'),
                    Entity = entity,
                    Start = n % 90,
                    Length = 16,
                    Confidence = 0.95f,
                    Path = "messages[2].content",
                    Role = SegmentRole.User,
                    Rule = $"rule-{n % 13}",
                },
            ],
            Fingerprints = [new ValueFingerprint { Entity = entity, Value = $"9f86d081.{n % 1000:x32}" }],
            Timings = new RecordTimings(420, 0, 0),
        };
    }
}
