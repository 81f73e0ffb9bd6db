using EdgeFilter.Detection.Catalog;
using EdgeFilter.Detection.Classifiers;
using EdgeFilter.Policies;
using EdgeFilter.Policies.Candidates;
using EdgeFilter.Policies.Lifecycle;
using EdgeFilter.Policies.Validation;
using EdgeFilter.Proxy.Candidates;
using EdgeFilter.Proxy.Hosting;
using EdgeFilter.Proxy.Review;

namespace EdgeFilter.Proxy.Tests.Review;

/// <summary>A policy store with a candidate and versions, as a proxy has it, in a folder of its own.</summary>
internal sealed class PoliciesInForce : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgefilter-policies-").FullName;
    private readonly PolicyStore _store;
    private readonly CandidateStore _candidates;

    public PoliciesInForce()
    {
        var (policies, state) = (Path.Combine(_folder, "policies"), Path.Combine(_folder, "state"));
        Directory.CreateDirectory(policies);
        File.WriteAllText(Path.Combine(policies, "demo.yaml"), Document("1.0.0"));
        var scope = new ValidationScope(BuiltInDetectors.CreateCatalog(), new NoModels());
        var history = new PolicyHistory(state);
        _store = new PolicyStore(policies, scope, history);
        _store.Load();
        _candidates = new CandidateStore(_store, scope, CandidateFiles.Proposal(state));
        _candidates.Changed += OnChanged;
        Changes = new PolicyChanges(_store, _candidates, history);
    }

    public IChangePolicies Changes { get; }

    public string Version => _store.Status.Policies[0].Version;

    public static string Document(string version) => $"policy: demo\nversion: {version}\nlimits: {{ longest-prompt: 1000 }}\n";

    public void Audit(AuditTrail audit) => PolicyChanges.Audit(_store, audit);

    public void Dispose()
    {
        _candidates.Dispose();
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    // As if a candidate had seen traffic the moment that it began to run.
    private void OnChanged(CandidateStatus status)
    {
        if (_candidates.Current is { } candidate)
        {
            var (live, stricter) = (new RuleActions(), new RuleActions());
            live.Add("demo/names", PolicyAction.Redact);
            stricter.Add("demo/names", PolicyAction.Block);
            var facts = new CandidateFacts(
                DateTimeOffset.UtcNow, "req_0", Direction.Prompt, "<img src=x onerror=alert(1)>", "EU", "desk", "/openai/v1/chat/completions", "model-1");
            candidate.Report.Add(facts, live, stricter, TimeSpan.FromMilliseconds(2));
            candidate.Report.Add(facts, live, live, TimeSpan.FromMilliseconds(2));
        }
    }

    private sealed class NoModels : IClassifierSource
    {
        public ITextClassifier? Find(string name) => null;

        public IEnumerable<string> Names => [];
    }
}
