using EdgeFilter.Proxy.BlockLog;
using EdgeFilter.Proxy.Commands;

namespace EdgeFilter.Proxy.Review;

/// <summary>Reads a filter from an address, so that a filtered list can be shared as a link.</summary>
internal sealed class QueryReader(ReviewNotes notes, TimeProvider time)
{
    private const int MaxLength = 500;
    private const int MaxValues = 50;

    private static readonly Dictionary<string, TermField> Fields =
        Enum.GetValues<TermField>().ToDictionary(RecordTerms.NameOf, StringComparer.Ordinal);

    /// <summary>Fields that lists of counts are offered for.</summary>
    public static IReadOnlyList<TermField> Facets { get; } =
    [
        TermField.Action, TermField.Severity, TermField.Direction, TermField.Rule, TermField.Entity, TermField.Tenant, TermField.Region,
        TermField.Model, TermField.Policy, TermField.Protocol, TermField.Cluster,
    ];

    /// <summary>The query, or what is wrong with the address.</summary>
    /// <param name="context">The address, and who asks.</param>
    /// <param name="others">Names of parameters that the caller reads itself.</param>
    /// <param name="query">The query read.</param>
    /// <returns>What is wrong, null when nothing is.</returns>
    public string? TryRead(HttpContext context, ReadOnlySpan<string> others, out EventQuery query)
    {
        query = EventQuery.Everything;
        foreach (var (name, values) in context.Request.Query)
        {
            if (others.Contains(name))
            {
                continue;
            }

            var texts = values.OfType<string>().ToArray();
            if (texts.Length is 0 or > MaxValues || texts.Any(text => text.Length is 0 or > MaxLength))
            {
                return "A filter is empty, too long, or repeated too often.";
            }

            if (Fields.TryGetValue(name, out var field))
            {
                query = query with { Terms = [.. query.Terms, new TermFilter(field, texts)] };
                continue;
            }

            if (texts.Length > 1)
            {
                return "Only filters by field may be repeated.";
            }

            if (ReadOne(name, texts[0], context.NameOf(), ref query) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private string? ReadOne(string name, string text, string reader, ref EventQuery query)
    {
        switch (name)
        {
            case "text":
                query = query with { Text = text };
                return null;
            case "fingerprint":
                query = query with { Fingerprint = text };
                return null;
            case "request":
                query = query with { RequestId = text };
                return null;
            case "since" or "until":
                if (LogOptions.ReadTime(text, time.GetUtcNow()) is not { } moment)
                {
                    return $"'{name}' is no time: 2026-11-01, 2026-11-01T08:00Z, or an age as in 24h.";
                }

                query = name == "since" ? query with { Since = moment } : query with { Until = moment };
                return null;
            case "disposition":
                foreach (var disposition in Enum.GetValues<Disposition>())
                {
                    if (RecordTerms.NameOf(disposition) == text)
                    {
                        var sequences = notes.Sequences(disposition);
                        query = disposition == Disposition.Open ? Without(query, sequences) : Within(query, sequences);
                        return null;
                    }
                }

                return "'disposition' is open, confirmed or false-positive.";
            case "assigned":
                query = text == "nobody" ? Without(query, notes.AssignedTo(null)) : Within(query, notes.AssignedTo(text == "me" ? reader : text));
                return null;
            default:
                return "There is no filter of that name.";
        }
    }

    private static EventQuery Within(EventQuery query, IReadOnlySet<long> sequences) =>
        query with { Only = query.Only is { } only ? only.Where(sequences.Contains).ToHashSet() : sequences };

    private static EventQuery Without(EventQuery query, IReadOnlySet<long> sequences) =>
        query with { Except = query.Except is { } except ? except.Concat(sequences).ToHashSet() : sequences };
}
