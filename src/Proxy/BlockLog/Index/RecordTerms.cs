using System.Text.Json;
using EdgeFilter.Policies;

namespace EdgeFilter.Proxy.BlockLog;

/// <summary>A value that records share: a field and its text.</summary>
internal readonly record struct Term(TermField Field, string Text);

/// <summary>What a record is indexed under; the only place that says so, for every store.</summary>
internal static class RecordTerms
{
    private static readonly string[] Actions = Names<PolicyAction>();
    private static readonly string[] Severities = Names<Severity>();
    private static readonly string[] Directions = Names<Direction>();

    /// <summary>Terms that many records share, each once.</summary>
    public static void Collect(BlockRecord record, List<Term> terms)
    {
        terms.Clear();
        Add(TermField.Action, Actions[(int)record.Action]);
        Add(TermField.Severity, Severities[(int)record.Severity]);
        Add(TermField.Direction, Directions[(int)record.Direction]);
        Add(TermField.Tenant, record.Tenant);
        Add(TermField.Region, record.Region);
        Add(TermField.Model, record.Model);
        Add(TermField.Provider, record.Provider);
        Add(TermField.Protocol, record.Protocol);
        Add(TermField.Client, record.Client);
        Add(TermField.Policy, record.Policy.Name);
        Add(TermField.Cluster, record.Cluster);
        Add(TermField.Reason, record.Reason);
        AddEach(TermField.Rule, record.Rules, static rule => rule);
        AddEach(TermField.Entity, record.Entities, static entity => entity.Entity);
        AddEach(TermField.Detector, record.Findings, static finding => finding.Detector);
        AddEach(TermField.Coverage, record.Coverage, static item => item);
        AddEach(TermField.Waiver, record.Waivers, static waiver => waiver);
        AddEach(TermField.Shadow, record.Shadow, static shadow => shadow.Rule);

        void Add(TermField field, string text)
        {
            if (text.Length > 0)
            {
                terms.Add(new Term(field, text));
            }
        }

        void AddEach<T>(TermField field, IReadOnlyList<T> items, Func<T, string> textOf)
        {
            var first = terms.Count;
            for (var i = 0; i < items.Count; i++)
            {
                var text = textOf(items[i]);
                if (text.Length > 0 && !HasSince(first, text))
                {
                    terms.Add(new Term(field, text));
                }
            }
        }

        bool HasSince(int first, string text)
        {
            for (var i = first; i < terms.Count; i++)
            {
                if (terms[i].Text == text)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Hashes of what nearly every record has to itself: id, request id, fingerprints.</summary>
    public static void CollectUnique(BlockRecord record, List<ulong> hashes)
    {
        hashes.Clear();
        hashes.Add(HashOfId(record.Id));
        if (record.RequestId.Length > 0)
        {
            hashes.Add(HashOfRequest(record.RequestId));
        }

        foreach (var fingerprint in record.Fingerprints)
        {
            hashes.Add(HashOfFingerprint(fingerprint.Value));
        }
    }

    public static ulong HashOfId(Guid id)
    {
        Span<char> text = stackalloc char[32];
        id.TryFormat(text, out _, "N");
        return Hash('i', text);
    }

    public static ulong HashOfFingerprint(string fingerprint) => Hash('f', fingerprint);

    public static ulong HashOfRequest(string requestId) => Hash('r', requestId);

    /// <summary>How an enum is spelled in records, terms and queries.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    // FNV-1a over the characters, then mixed so that the leading bits, which choose a bucket, depend on all of them. Ids are this
    // proxy's own and fingerprints are keyed hashes: nobody outside can choose what is hashed here.
    private static ulong Hash(char kind, ReadOnlySpan<char> text)
    {
        var hash = (14695981039346656037UL ^ kind) * 1099511628211UL;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
        return hash ^ (hash >> 31);
    }

    private static string[] Names<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(NameOf)];
}
