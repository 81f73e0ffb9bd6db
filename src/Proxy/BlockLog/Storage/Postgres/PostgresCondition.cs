using System.Globalization;
using System.Text;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>A query as a condition in SQL: its text is made of constants, its values travel as parameters.</summary>
internal sealed class PostgresCondition
{
    private static readonly TermField[] TextFields =
    [
        TermField.Reason, TermField.Rule, TermField.Policy, TermField.Entity, TermField.Tenant, TermField.Client, TermField.Model,
    ];

    private readonly StringBuilder _sql = new("body IS NOT NULL");
    private readonly List<object> _values = [];

    public PostgresCondition(EventQuery query)
    {
        if (query.Since is { } since)
        {
            And($"time >= {Parameter(since.UtcDateTime)}");
        }

        if (query.Until is { } until)
        {
            And($"time < {Parameter(until.UtcDateTime)}");
        }

        foreach (var filter in query.Terms)
        {
            And($"terms && {Parameter(filter.AnyOf.Select(text => PostgresTerms.Of(new Term(filter.Field, Storable(text)))).ToArray())}");
        }

        if (query.Text is { Length: > 0 } text)
        {
            // strpos, not LIKE: in a searched text no character means anything else.
            var prefixes = TextFields.Select(PostgresTerms.Prefix).ToArray();
            And($"terms && ARRAY(SELECT term FROM edgefilter_terms WHERE split_part(term, '=', 1) || '=' = ANY({Parameter(prefixes)}) AND " +
                $"strpos(lower(substr(term, strpos(term, '=') + 1)), lower({Parameter(Storable(text))})) > 0)");
        }

        Unique(query.Fingerprint is { } fingerprint ? RecordTerms.HashOfFingerprint(fingerprint) : null);
        Unique(query.Id is { } id ? RecordTerms.HashOfId(id) : null);
        Unique(query.RequestId is { } request ? RecordTerms.HashOfRequest(request) : null);
        if (query.Only is not null)
        {
            And($"seq = ANY({Parameter(query.Only.ToArray())})");
        }

        if (query.Except is { Count: > 0 })
        {
            And($"NOT (seq = ANY({Parameter(query.Except.ToArray())}))");
        }
    }

    public string Sql => _sql.ToString();

    public object[] Values => [.. _values];

    /// <summary>Adds a value and returns how the SQL names it.</summary>
    public string Parameter(object value)
    {
        _values.Add(value);
        return "$" + _values.Count.ToString(CultureInfo.InvariantCulture);
    }

    public void And(string condition) => _sql.Append(" AND ").Append(condition);

    // PostgreSQL's text can't hold U+0000; no stored text does, so that nothing is found either way.
    private static string Storable(string text) => text.Replace('\0', '\uFFFF');

    private void Unique(ulong? hash)
    {
        if (hash is { } value)
        {
            And($"uniques @> {Parameter(new[] { unchecked((long)value) })}");
        }
    }
}
