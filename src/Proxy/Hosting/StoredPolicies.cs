using EdgeFilter.Detection.Classifiers;
using EdgeFilter.Detection.Classifiers.Models;
using EdgeFilter.Policies.Compilation;
using EdgeFilter.Policies.Lifecycle;
using EdgeFilter.Policies.Validation;
using EdgeFilter.Proxy.Inspection;

namespace EdgeFilter.Proxy.Hosting;

/// <summary>The policies that the store has in force.</summary>
internal sealed class StoredPolicies(PolicyStore store) : IPolicySource
{
    public CompiledPolicy For(PolicyContext context) => store.Current.For(context);
}

/// <summary>The models that policies may name.</summary>
internal sealed class StoredClassifiers(ModelStore store) : IClassifierSource
{
    public IEnumerable<string> Names => store.Models.Select(m => m.Name).Where(n => store.Find(n) is not null);

    public ITextClassifier? Find(string name) => store.Find(name);
}
