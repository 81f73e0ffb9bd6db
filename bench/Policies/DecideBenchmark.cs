using BenchmarkDotNet.Attributes;
using EdgeFilter.Detection;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Combining;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Decisions;
using EdgeFilter.Policies.Filtering;
using EdgeFilter.Policies.Selection;

namespace EdgeFilter.Bench.Policies;

/// <summary>From a context and ten findings to the edits, with 200 rules in force. Budget: 5 µs.</summary>
[MemoryDiagnoser]
public class DecideBenchmark
{
    private const string Text =
        "Mail jo@example.org or ana@example.com, card 4111 1111 1111 1111, IBAN DE89370400440532013000, from 192.0.2.7 to 192.0.2.8, "
        + "call +442079460812 or +14155550178, then 5500 0000 0000 0004 and eva@example.net please.";

    private readonly PolicyContext context = new() { Region = "DE", Tenant = "acme", Route = "/openai", Groups = ["support"] };
    private IValueHasher hasher = HmacValueHasher.Ephemeral();
    private readonly FindingCollector collector = new();
    private PolicySelector selector = null!;

    [GlobalSetup]
    public void Setup()
    {
        selector = new PolicySelector(new CompiledSet(new PolicySetReader(Sample.Scope).Read(Sample.Policies(4, 50)).Set!, Sample.Scope));
        var policy = selector.For(context);
        policy.PlanFor(Direction.Prompt, SegmentRole.User).Detection.Inspect(Text, collector);
        Console.WriteLine($"// {policy.Rules.Length} rules, {collector.Count} findings");
    }

    /// <summary>Leaves the keyed fingerprints out, which the record of a hit needs and a decision does not.</summary>
    internal void WithoutFingerprints() => hasher = new NoHasher();

    /// <summary>As if no value had ever been seen before.</summary>
    internal void WithNewValues() => hasher = new AlternatingHasher();

    [Benchmark]
    public CompiledPolicy Select() => selector.For(context);

    [Benchmark]
    public int SelectAndDecide()
    {
        var plan = selector.For(context).PlanFor(Direction.Prompt, SegmentRole.User);
        var judge = new TextJudge(plan, SegmentFacts.None, hasher, DateTimeOffset.UnixEpoch);
        judge.Count(collector.Findings, Text, 0);
        judge.ApplyTextRules(Text.Length, null, isFinal: true);
        judge.Apply(collector.Findings, Text, 0);
        return judge.Edits.Count;
    }

    // Adds a letter that changes with every value, so that none is recognised.
    private sealed class AlternatingHasher : IValueHasher
    {
        private readonly HmacValueHasher hasher = HmacValueHasher.Ephemeral();
        private uint count;

        public void Hash(ReadOnlySpan<char> value, Span<byte> mac)
        {
            Span<char> changed = stackalloc char[value.Length + 2];
            value.CopyTo(changed);
            changed[^2] = (char)('0' + (count % 9_000));
            changed[^1] = (char)('0' + (count++ / 9_000 % 9_000));
            hasher.Hash(changed, mac);
        }
    }

    private sealed class NoHasher : IValueHasher
    {
        public void Hash(ReadOnlySpan<char> value, Span<byte> mac) => mac.Clear();
    }
}
