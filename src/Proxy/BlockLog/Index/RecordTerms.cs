using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
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
        foreach (var rule in record.Rules)
        {
            AddOnce(TermField.Rule, rule);
        }

        foreach (var entity in record.Entities)
        {
            AddOnce(TermField.Entity, entity.Entity);
        }

        foreach (var finding in record.Findings)
        {
            AddOnce(TermField.Detector, finding.Detector);
        }

        foreach (var item in record.Coverage)
        {
            AddOnce(TermField.Coverage, item);
        }

        foreach (var waiver in record.Waivers)
        {
            AddOnce(TermField.Waiver, waiver);
        }

        foreach (var shadow in record.Shadow)
        {
            AddOnce(TermField.Shadow, shadow.Rule);
        }

        void Add(TermField field, string text)
        {
            if (text.Length > 0)
            {
                terms.Add(new Term(field, text));
            }
        }

        void AddOnce(TermField field, string text)
        {
            if (text.Length > 0 && !terms.Contains(new Term(field, text)))
            {
                terms.Add(new Term(field, text));
            }
        }
    }

    /// <summary>Hashes of what nearly every record has to itself: id, request id, fingerprints.</summary>
    public static void CollectUnique(BlockRecord record, List<ulong> hashes)
    {
        hashes.Clear();
        hashes.Add(HashOfId(record.Id));
        if (record.RequestId.Length > 0)
        {
            hashes.Add(Hash("request", record.RequestId));
        }

        foreach (var fingerprint in record.Fingerprints)
        {
            hashes.Add(HashOfFingerprint(fingerprint.Value));
        }
    }

    public static ulong HashOfId(Guid id) => Hash("id", id.ToString("N"));

    public static ulong HashOfFingerprint(string fingerprint) => Hash("fingerprint", fingerprint);

    public static ulong HashOfRequest(string requestId) => Hash("request", requestId);

    /// <summary>How an enum is spelled in records, terms and queries.</summary>
    public static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    // Not a fast hash but one that nobody can make collide: request ids may come from outside.
    private static ulong Hash(string kind, string text)
    {
        Span<byte> input = stackalloc byte[512];
        var length = Encoding.UTF8.GetBytes(kind, input);
        input[length++] = 0;
        length += Encoding.UTF8.GetBytes(text.AsSpan(0, Math.Min(text.Length, 128)), input[length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input[..length], hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    private static string[] Names<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(NameOf)];
}
