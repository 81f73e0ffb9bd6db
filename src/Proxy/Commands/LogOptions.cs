using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EdgeFilter.Policies;
using EdgeFilter.Proxy.BlockLog;

namespace EdgeFilter.Proxy.Commands;

/// <summary>Options that the <c>log</c> commands share, one instance for each command.</summary>
internal sealed class LogOptions
{
    public Option<string> Log { get; } = new("--log")
    {
        Description = "The log's file, or a PostgreSQL connection string.",
        HelpName = "PATH",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("EDGEFILTER_LOG") ?? new BlockLogOptions().Path,
    };

    public Option<DateTimeOffset?> Since { get; } = Time("--since", "Not before: a date, a time (2026-11-01T08:00Z) or an age (30m, 12h, 7d).");

    public Option<DateTimeOffset?> Until { get; } = Time("--until", "Before: a date, a time or an age.");

    public Option<string[]> Rule { get; } = Term("--rule", "Rule id.");

    public Option<string[]> Entity { get; } = Term("--entity", "Entity: CREDIT_CARD, ES_NIF …");

    public Option<string[]> Tenant { get; } = Term("--tenant", "Tenant.");

    public Option<string[]> Client { get; } = Term("--client", "Client.");

    public Option<string[]> Region { get; } = Term("--region", "Region.");

    public Option<string[]> Policy { get; } = Term("--policy", "Policy.");

    public Option<string[]> Model { get; } = Term("--model", "Model.");

    public Option<string[]> Action { get; } = Term("--action", "Action: block, redact, mask …", Enum.GetValues<PolicyAction>().Select(RecordTerms.NameOf));

    public Option<string[]> Severity { get; } =
        Term("--severity", "Severity: info, low, medium, high, critical.", Enum.GetValues<Severity>().Select(RecordTerms.NameOf));

    public Option<string[]> Direction { get; } = Term("--in", "Direction: prompt or output.", Enum.GetValues<Direction>().Select(RecordTerms.NameOf));

    public Option<string?> Fingerprint { get; } = new("--fingerprint") { Description = "Fingerprint of a value, as records show it.", HelpName = "ID.HEX" };

    public Option<string?> Text { get; } = new("--text")
    {
        Description = "Part of the reason, or of a rule's, policy's, tenant's, client's or model's name.", HelpName = "TEXT",
    };

    public Option<Guid?> Id { get; } = new("--id") { Description = "The record with this id." };

    public Option<string?> Request { get; } = new("--request") { Description = "The request with this id.", HelpName = "ID" };

    public Option<bool> Json { get; } = new("--json") { Description = "Machine-readable output." };

    public void AddFiltersTo(Command command)
    {
        foreach (var option in new Option[]
        {
            Since, Until, Rule, Entity, Tenant, Client, Region, Policy, Model, Action, Severity, Direction, Fingerprint, Text, Id, Request,
        })
        {
            command.Options.Add(option);
        }
    }

    public EventQuery ReadQuery(ParseResult parsed)
    {
        var terms = new List<TermFilter>();
        Add(TermField.Rule, Rule);
        Add(TermField.Entity, Entity);
        Add(TermField.Tenant, Tenant);
        Add(TermField.Client, Client);
        Add(TermField.Region, Region);
        Add(TermField.Policy, Policy);
        Add(TermField.Model, Model);
        Add(TermField.Action, Action);
        Add(TermField.Severity, Severity);
        Add(TermField.Direction, Direction);
        return new EventQuery
        {
            Since = parsed.GetValue(Since),
            Until = parsed.GetValue(Until),
            Terms = terms,
            Text = parsed.GetValue(Text),
            Fingerprint = parsed.GetValue(Fingerprint),
            Id = parsed.GetValue(Id),
            RequestId = parsed.GetValue(Request),
        };

        void Add(TermField field, Option<string[]> option)
        {
            if (parsed.GetValue(option) is { Length: > 0 } texts)
            {
                terms.Add(new TermFilter(field, texts));
            }
        }
    }

    /// <summary>Reads <c>7d</c>, <c>12h</c>, <c>30m</c>, <c>45s</c> as that long before <paramref name="now"/>, anything else as a time in UTC.</summary>
    internal static DateTimeOffset? ReadTime(string text, DateTimeOffset now)
    {
        if (text.Length > 1 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            TimeSpan? age = text[^1] switch
            {
                's' => TimeSpan.FromSeconds(count),
                'm' => TimeSpan.FromMinutes(count),
                'h' => TimeSpan.FromHours(count),
                'd' => TimeSpan.FromDays(count),
                _ => null,
            };
            if (age is { } past && past < now - DateTimeOffset.UnixEpoch)
            {
                return now - past;
            }
        }

        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;
    }

    private static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = argument =>
        {
            var time = ReadTime(argument.Tokens[0].Value, TimeProvider.System.GetUtcNow());
            if (time is null)
            {
                argument.AddError($"{name} takes a date (2026-11-01), a time (2026-11-01T08:00Z) or an age (30m, 12h, 7d).");
            }

            return time;
        },
    };

    private static Option<string[]> Term(string name, string description, IEnumerable<string>? known = null)
    {
        var option = new Option<string[]>(name) { Description = description + " Repeat for any of several.", HelpName = "NAME" };
        if (known is not null)
        {
            option.AcceptOnlyFromAmong([.. known]);
        }

        return option;
    }
}
